"""The words that a generated site is made of: invented names and everyday words, the frequent ones first."""

# ruff: noqa: SIM905 (words read better than lists of words)

# Drawn by Zipf's law: a word's place in its list decides how often it comes.
NOUNS = (
    "画面 镜头 声音 记忆 故事 时间 身体 城市 光线 母亲 房间 河流 影子 语言 森林 机器 颜色 梦境 夜晚 街道 父亲 海面 窗户 "
    "植物 雨水 名字 童年 节奏 距离 呼吸 材料 边界 祖母 列车 灯火 手势 面孔 温度 沉默 风景 道路 雪山 桥梁 信件 屋顶 尘土 书页 "
    "动物 石头 眼睛 衣服 码头 花园 星群 楼梯 钟声 地图 田野 镜子 火焰 季节 邻居 船只 墙壁 果实 车站 羽毛 冬天 钥匙 沙丘 月亮 "
    "剧场 山谷 潮汐 乡音 木偶 旧照片 广播 骨骼 帐篷 蜂巢 灯塔 岛屿 运河 苔藓 铁轨 风筝 候鸟 温室 齿轮 陶罐 丝线 晨雾 庭院 "
    "麦穗 回声 电梯 井水 纸船 河床 化石 拱门 磁带 渡口 琴弦 荒原 雷声 云梯 蜡烛 稻草人 幕布 水塔 邮筒 鲸鱼 灰烬 雕像 "
    "孤岛 瀑布 毛毯 松针 蝉鸣 彗星 泥土 滑轮 琥珀 竹筏 墨迹 沼泽 马厩 算盘 冰川 露台 蒲公英 罗盘 珊瑚"
).split()
# Planted at known rates, so that a search can be measured: the share of answers that hold the word.
PLANTED = (("天空", 0.006), ("望远镜", 0.002), ("极光", 0.0005), ("煤油灯", 0.0001), ("鹦鹉", 0.00002))
VERBS = (
    "看见 留下 寻找 改变 想起 拍下 走进 放慢 记住 离开 靠近 打开 重复 听见 收起 画出 等待 丢掉 拆开 照亮 带走 转向 缝合 "
    "穿过 遮住 描述 修补 叫醒 保存 承认 猜测 举起 写下 交换 躲开 擦去 模仿 搬动 点燃 安放"
).split()
MANNERS = (
    "慢慢 反复 悄悄 忽然 一直 终于 仔细 几乎 始终 轻轻 重新 直接 偶尔 一次次 不停 随意 从容 固执 小心 认真 彻底 暂时 勉强 独自"
).split()
QUALITIES = (
    "安静 遥远 潮湿 温暖 陌生 明亮 脆弱 缓慢 古老 柔软 透明 寒冷 漫长 破碎 热闹 空旷 笨拙 锋利 朦胧 沉重 轻盈 荒凉 清晰 苦涩"
).split()
PLACES = (
    "南方小镇 海边 山里 旧厂区 老城 北方的冬天 地下通道 高原 河岸 郊外 校园 医院走廊 集市 天台 边境 渔村 矿山 火车上 博物馆 "
    "图书馆 雨林 月台 屋檐下 沙漠深处"
).split()
HOURS = "清晨 傍晚 深夜 午后 雨季 入秋以后 最后一天 第三周 停电的晚上 放学的时候 出发之前 天亮时分".split()

SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜谢邹章苏潘葛范彭鲁韦马苗方袁柳史唐费岑薛雷贺倪汤罗"
GIVEN = (
    "子涵雨桐浩然思远晓晨嘉宁若溪书瑶明轩静姝一鸣知行云舟清和安望舒景初怀瑾星野牧之南乔予白听澜以沫江临河清川岚青禾小满"
    "立夏秋实冬阳春山海棠木槿文心墨言"
)
HANDLES = (
    "Lumen Kite Moss Ember Quartz Wren Halo Drift Pixel Cedar Orbit Fable Nimbus Sable Tide Plume Cobalt Lark Onyx Vesper"
).split()

SERIES = ("新影像计划", "短片驿站", "光影来信", "青苔影展", "边走边拍", "一分钟剧场")
SERIES_EN = (
    "New Image Project",
    "Short Film Station",
    "Letters of Light",
    "Moss Screenings",
    "Filming as We Walk",
    "One-Minute Theatre",
)
EDITION_THEMES = (
    ("无人之境", "No One's Land"),
    ("第二次出生", "A Second Birth"),
    ("远山", "Far Mountains"),
    ("海的另一边", "The Other Side of the Sea"),
    ("沉默的房间", "The Silent Room"),
    ("风从哪里来", "Where the Wind Begins"),
    ("最后一盏灯", "The Last Lamp"),
    ("未寄出的信", "Letters Never Sent"),
    ("机器的童年", "A Machine's Childhood"),
    ("雨落之前", "Before the Rain"),
    ("河流记得", "What Rivers Remember"),
    ("空椅子", "The Empty Chair"),
)
ORGANISATIONS = (
    ("青苔影像", "Moss Pictures"),
    ("南窗画刊", "South Window Review"),
    ("渡口剧场", "Ferry Theatre"),
    ("星群工作室", "Cluster Studio"),
    ("河岸艺术中心", "Riverbank Arts Centre"),
    ("夜航电台", "Night Flight Radio"),
    ("灯塔实验室", "Lighthouse Lab"),
    ("木偶学会", "Puppet Society"),
)
# Name, maker, the step it is mostly used for. None of these programs exists.
TOOLS = (
    ("绘影", "青苔影像", "image"),
    ("织梦机", "星群工作室", "video"),
    ("Lumora", "Lumora", "image"),
    ("声流", "夜航电台", "music"),
    ("Framewell", "Framewell", "video"),
    ("墨问", "南窗画刊", "script"),
    ("Kitecut", "Kitecut", "edit"),
    ("拾音盒", "夜航电台", "voice"),
    ("云幕", "灯塔实验室", "video"),
    ("Papermoth", "Papermoth", "image"),
    ("回声台", "夜航电台", "voice"),
    ("Tidework", "Tidework", "video"),
    ("影工坊", "渡口剧场", "edit"),
    ("Mossbox", "Mossbox", "training"),
    ("长镜", "灯塔实验室", "video"),
    ("Quillform", "Quillform", "script"),
    ("小剧本", "渡口剧场", "script"),
    ("Orbiton", "Orbiton", "video"),
    ("色谱间", "青苔影像", "image"),
    ("Hushvoice", "Hushvoice", "voice"),
    ("节拍园", "夜航电台", "music"),
    ("Fableset", "Fableset", "script"),
    ("剪刀手记", "南窗画刊", "edit"),
    ("Nimbusgen", "Nimbusgen", "image"),
    ("动线", "星群工作室", "video"),
    ("Cedarloop", "Cedarloop", "music"),
    ("面具库", "木偶学会", "image"),
    ("Stillrun", "Stillrun", "video"),
    ("口型簿", "木偶学会", "voice"),
    ("Emberlab", "Emberlab", "training"),
    ("雾窗", "青苔影像", "image"),
    ("Larksong", "Larksong", "music"),
    ("分镜匣", "南窗画刊", "script"),
    ("Vesperline", "Vesperline", "edit"),
    ("慢门", "灯塔实验室", "video"),
    ("Onyxroom", "Onyxroom", "edit"),
    ("木纹", "青苔影像", "image"),
    ("Plumecast", "Plumecast", "voice"),
    ("岸线", "河岸艺术中心", "video"),
    ("Cobaltine", "Cobaltine", "image"),
)
# A question as it is filed, in English, and the ways in which interviewers put it.
TOPICS = (
    ("第一个画面从哪里来", "Where did the first image come from", "第一个画面从哪里来|这部短片最早的画面是什么"),
    ("怎样理解这次的主题", "What does the theme mean to you", "怎样理解“{theme}”这个主题|“{theme}”对你来说是什么"),
    ("哪一步花的时间最多", "Which step took longest", "哪一步花的时间最多|制作里最慢的一步是哪一步"),
    ("声音是怎么做的", "How was the sound made", "片中的声音是怎么做的|声音和画面哪个先有"),
    ("有没有想过放弃", "Did you think of giving up", "中途有没有想过放弃|最难的时候怎么过来的"),
    ("删掉了什么", "What was cut", "成片里删掉了什么|有哪一段舍不得剪"),
    ("平时从哪里学习", "Where do you learn", "平时从哪里学习|技术上的问题找谁问"),
    ("给谁看的", "Who is it for", "这部短片是给谁看的|完成之后先给谁看了"),
    ("机器做不到的是什么", "What can the machine not do", "有什么是机器做不到的|哪里必须自己动手"),
    ("下一部想拍什么", "What comes next", "下一部想拍什么|接下来有什么打算"),
    ("和谁一起完成", "Who worked with you", "和谁一起完成的|团队里怎样分工"),
    ("童年看过的影像", "Images from childhood", "童年看过哪些影像|小时候在哪里看电影"),
)
OTHER_QUESTIONS = (
    "片中的{noun}有什么来历",
    "为什么选了{place}",
    "{noun}和{noun}之间是什么关系",
    "结尾的{noun}是早就想好的吗",
    "拍到{noun}的那场戏改了几遍",
    "{hour}的那个镜头用了多久",
)
THEMES = (
    "家庭 童年 记忆 城市 乡土 身体 告别 动物 植物 海洋 神话 劳动 迁徙 孤独 友谊 梦 衰老 语言 战争 未来 信仰 食物 节日 音乐 "
    "房屋 旅途 科学 死亡 日常 自然"
).split()
THEMES_EN = (
    "Family Childhood Memory City Countryside Body Farewell Animals Plants Sea Myth Work Migration Solitude Friendship "
    "Dream Ageing Language War Future Faith Food Festival Music House Journey Science Death Everyday Nature"
).split()
WORK_SHAPES = ("{noun}与{noun}", "{quality}的{noun}", "{place}来信", "{noun}史", "最后的{noun}")

ENGLISH_NOUNS = (
    "light room river memory voice city mother machine shadow window forest night train sea garden letter bridge winter "
    "mirror island clock harbour orchard stairway lantern whale comet kite moss ember quarry glacier puppet parrot"
).split()
ENGLISH_QUALITIES = (
    "quiet distant broken slow bright borrowed hollow early unsent patient salt paper second last".split()
)
ENGLISH_VERBS = "remembers carries leaves finds repeats answers hides opens follows forgets borrows mends".split()
