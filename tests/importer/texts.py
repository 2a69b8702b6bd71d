"""Small articles as text, in the shape of the real one."""

QUESTIONS = ("你是从什么时候开始AI创作的?", "如何理解“极乐世界”这一主题?", "遇到最大的难点是什么?")
ANSWERS = (
    "我大概是在去年冬天开始尝试,那时只有一台旧电脑和很多空闲的夜晚。",
    "我想到的是一座没有屋顶的房子,人们在里面学习怎样抬头看天。",
    "镜头之间的衔接总是断开,为此我画了上百张分镜,一遍一遍地比较。",
)


def article_text(headline="走进五个AI创作的“极乐世界”", maker="阿米", views=155, answers=()):
    """One film, three exchanges; `answers` take the place of the first ones."""
    answers = [*answers, *ANSWERS[len(answers) :]]
    lines = [
        headline,
        f"来源:网络   发布时间:2025-04-17   浏览次数:{views}    评论",
        "3月,NOWNESS携手即梦AI发起了以“极乐世界”为主题的未来影像计划,我们和获奖短片的作者聊了聊。",
        "剧情简介:平静的森林里住着一只梅花鹿,某天三个黑衣人闯入猎杀。",
    ]
    for question, answer in zip(QUESTIONS, answers, strict=True):
        lines += [f"NOWNESS:{question}", f"{maker}:{answer}"]
    return "\n\n".join(lines) + "\n"
