"""Lists of words that frame an article: fields, marks of talk, page chrome. In four languages."""

from films.reading.characters import compared


def listed(text: str) -> list[str]:
    """Words that a bar divides: one line holds many, and a diff shows the one that came."""
    return [word for word in text.split("|") if word.strip()]


def words(text: str) -> frozenset[str]:
    """The same as a set of compared forms."""
    return frozenset(map(compared, listed(text)))


# Who asks and who answers where no name stands.
ASKING = words(
    "观众|觀眾|现场观众|观众提问|audience|audience member|客席|観客|관객|"
    "q|问|問|提问|提問|记者|記者|主持人|主持|采访者|采访人|採訪者|採訪人|小编|编辑部|interviewer|host|moderator|question|interview"
    "|質問|聞き手|インタビュアー|編集部|司会|질문|문|기자|진행자|인터뷰어|사회자"
)
ANSWERING = words(
    "a|答|回答|answer|受访者|受訪者|嘉宾|嘉賓|导演|導演|監督|감독|director|filmmaker|答え|回答者|답|답변"
)
# Words for a role; beside a name they are not part of it.
ROLES = listed(
    "导演|導演|監督|감독|director|filmmaker|摄影指导|攝影指導|摄影师|攝影師|剪辑师|剪輯師|美术指导|美術指導|艺术总监|声音设计|动画师|配音演员|作曲家|作曲|编剧|編劇|制片人|製片|制片|"
    "主演|演员|演員|策展人|策展|评委|評委|作者|创作者|創作者|老师|老師|先生|女士|producer|writer|curator|actor|actress|composer|editor|animator|"
    "cinematographer|プロデューサー|脚本|俳優|氏|さん|작가|배우|프로듀서|씨"
)
MAKER_ROLES = words(
    "导演|導演|監督|감독|director|filmmaker|作者|创作者|創作者|creator|artist|艺术家|작가|animator|writer"
)

SYNOPSIS = words(
    "短片梗概|影片梗概|作品梗概|剧情梗概|剧情大纲|短片大纲|短片内容|影片内容|本片讲述|本片简介|作品概要|概要|内容紹介|あらまし|一句话简介|一句话故事|关于短片|关于影片|关于作品|关于这部短片|影片介绍|短片介绍|作品介绍|影片概要|故事概要|内容介绍|about the film|the film|story|ログライン|物語|소개|작품설명|로그라인|剧情简介|劇情簡介|故事简介|故事簡介|影片简介|影片簡介|短片简介|短片簡介|作品简介|作品簡介|内容简介|內容簡介|内容梗概|故事梗概|剧情梗概|劇情|剧情"
    "|剧情介绍|故事大纲|简介|簡介|梗概|synopsis|logline|short synopsis|plot|あらすじ|ストーリー|作品紹介|作品解説|내용|시놉시스|줄거리|작품 소개|작품소개"
)
STATEMENT = words(
    "创作者自述|主创自述|自述|创作谈|创作感言|获奖感言|創作自述|創作者自述|导演阐述|導演闡述|创作阐述|創作闡述|作者自述|导演自述|導演自述|导演的话|導演的話|作者的话|创作者的话|创作自述|创作手记|导演手记|阐述|作者阐述"
    "|director's statement|directors statement|director’s statement|statement|artist statement|artist's statement|author's note"
    "|監督コメント|監督の言葉|監督より|作者コメント|감독의 말|연출의도|연출 의도|작가의 말"
)
TITLE_FIELD = words(
    "作品|片名|影片名|影片名称|短片名|作品名|作品名称|题名|中文片名|title|film|film title|original title|作品名|タイトル|題名|제목|작품명"
)
RUNTIME_FIELD = words(
    "片长|片長|时长|時長|影片时长|长度|長度|runtime|running time|duration|length|上映時間|上映时间长度|尺|作品時間|時間|상영시간|상영 시간|러닝타임|길이"
)
MAKER_FIELD = words(
    "导演|導演|创作者|創作者|创作|作者|制作|制作者|director|directed by|a film by|film by|by|filmmaker|creator|監督|作|監督・脚本|작가|감독|연출|创作人"
)
TOOL_FIELD = words(
    "工具|制作工具|创作工具|使用工具|ai工具|所用工具|软件|使用软件|tools|tools used|software|made with|使用ツール|ツール|使用ソフト|사용 도구|도구|제작 도구"
)
INTERVIEW_CREDIT = words(
    "采访|採訪|采访人|采写|採寫|采访/撰文|采访、撰文|采访&撰文|访问|訪問|interview|interview by|interviewed by|words|text|取材|聞き手|取材・文|取材・構成|인터뷰|글|취재"
)
FIELDS = (
    TITLE_FIELD
    | RUNTIME_FIELD
    | MAKER_FIELD
    | TOOL_FIELD
    | INTERVIEW_CREDIT
    | words(
        "来源|來源|编辑|編輯|责编|责任编辑|責任編輯|校对|审核|撰文|文|图|图片|图片来源|圖片|摄影|攝影|编剧|編劇|剪辑|剪輯|音乐|音樂|配乐|配樂|美术|声音|监制|監製|出品|出品人|制片|制片人|製片"
        "|主演|演员|演員|国家|國家|地区|国家/地区|國家/地區|年份|年代|类型|類型|语言|語言|字幕|首映|奖项|獎項|获奖|地点|地點|时间|日期|场次|放映|票价|报名|联系|联系方式|电话|地址|邮箱|微信|微信公众号|公众号|微博|网址|官网|链接|版权|标签|标题|关键词|关键字"
        "|read also|also read|also see|推荐阅读|延伸阅读|相关阅读|twitter|instagram|facebook|youtube|vimeo|website|web|link|links|email|e-mail|tel|phone|tags|tag|category|photo|photos|photo credit|image|images|image credit|picture|courtesy|caption|watch|watch it here|listen|read|read more|see also|source|published|date|posted|updated|location|venue|when|where|tickets"
        "|country|year|genre|language|subtitles|cast|crew|starring|screenplay|script|writer|written by|producer|produced by|cinematography|cinematographer|dop|editing|editor|edited by|music|sound|sound design|composer|animation|production|distribution|format|premiere|awards|screening|screenings|festival|festivals|contact|translation|translated by|note|notes|update|ps|p.s|nb"
        "|製作|脚本|撮影|編集|音楽|出演|製作年|製作国|国|年|ジャンル|言語|公開日|公開|配給|写真|文・写真|翻訳|協力|会場|日時|料金|公式サイト|出典|掲載日|更新日|제작|각본|촬영|편집|음악|출연|국가|제작년도|제작연도|연도|장르|언어|사진|번역|장소|일시|출처|게시일|날짜|작성자|조회수|조회|인터뷰어|협력"
    )
)
# Captions, credits and notes that may stand between turns and belong to none.
ASIDES = INTERVIEW_CREDIT | words(
    "read also|also read|also see|subscribe|推荐阅读|延伸阅读|相关阅读|watch|watch it here|watch the film|photo|photos|photo credit|image|images|image credit|picture|caption|listen|read|read more|see also|courtesy|photo by|photography by"
    "|图|图片|图片来源|图源|圖片|图注|摄影|视频|编辑|編輯|责编|责任编辑|責任編輯|校对|审核|撰文|排版|设计|来源|微信公众号|公众号|编者按|編者按|编者注|編者注|编注|注|editor's note|editor’s note|ed. note|note|update"
    "|写真|編集部注|編集|문|사진|편집자 주|편집자주|편집|정리"
)
# Words that end a clause and so open no turn, and words for captions and asides.
NOT_SPEAKERS = words(
    "例如|比如|比如说|譬如|例|如|如下|包括|即|也就是|也就是说|换句话说|简单来说|总之|总的来说|其实|首先|其次|第一|第二|第三|最后|一是|二是|三是|问题是|問題是|关键是|重点是|事实上|我说|我想|我觉得|我问|我認為|我认为|他说|她说|他們說|注|备注|注意|附|编者按|編者按|编者注|編者注|编注|按|题记|引言|前言|导语|结语|後記|后记|提示|小贴士|更多|另外|此外|因此|所以|但是|结果"
    "|for example|for instance|e.g|i.e|that is|in short|in other words|first|second|third|finally|namely|such as|including|remember|warning|tip|spoiler|spoiler alert|editor's note|editor’s note|ed. note|p.s.|the question|the problem|the point|the result|the answer|example|note|1st|2nd|3rd"
    "|たとえば|例えば|つまり|要するに|編集部注|注記|ただし|예를 들어|예를 들면|즉|다시 말해|주|편집자 주|편집자주|참고"
)
SPEECH_ENDINGS = listed(
    "说|說|道|问道|问到|問道|表示|认为|認為|指出|告诉|告訴|告诉我|告诉我们|介绍|介紹|解释|解釋|写道|寫道|坦言|透露|笑|笑说|笑道|想|回忆|回憶|补充|補充|强调|強調|直言|感叹|是|在于|如下|"
    "包括|例如|比如|觉得|發現|发现|叫|有|为|來自|来自|讲|講|提到|提醒|says|said|asks|asked|replies|replied|answers|answered|adds|added|"
    "explains|explained|recalls|recalled|writes|wrote|tells|told|notes|noted|thinks|remembers|is|are|was|were|this|"
    "that|following|と語る|は言う|と言う|말한다|말했다|답했다"
)
