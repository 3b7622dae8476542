"""Invented models by the million, always the same ones: their words, context and numbers are distributed as in life.

Some words and tags stand in every third model, fifty thousand in a few: tags follow Zipf's law. The text is made of
phrases, so that words stand beside each other as often as in written summaries. `models.read` takes real ones from a
file instead: JSON lines with id, title, readme, tags {key: [value]}.
"""
import dataclasses
import itertools
import json
import random

# service: Korean, English, the objects that it looks for
SERVICES = {
    "crime-prevention": ("방범", "crime prevention", "person face weapon bag"),
    "illegal-parking": ("불법주정차 단속", "illegal parking", "car license-plate truck"),
    "traffic-flow": ("교통 흐름", "traffic flow", "car bus truck motorcycle"),
    "license-plate-recognition": ("차량번호 인식", "licence plate reading", "license-plate car"),
    "fire-watch": ("화재 감시", "fire watch", "fire smoke"),
    "flood-disaster": ("침수 재난", "flood watch", "water boat road"),
    "crowd-density": ("인파 밀집", "crowd counting", "person head"),
    "illegal-dumping": ("무단투기 감시", "illegal dumping", "trash person bag"),
    "school-zone": ("어린이보호구역", "school zone safety", "child car crosswalk traffic-light"),
    "fall-loitering": ("쓰러짐 감지", "fall detection", "person"),
    "facility-inspection": ("시설 점검", "facility inspection", "crack pothole road"),
    "industrial": ("산업 설비", "industrial equipment", "worker helmet safety-vest gauge"),
    "retail": ("매장 분석", "retail analytics", "person shelf product basket"),
    "agriculture": ("농축산", "farming", "cow pig tomato leaf insect"),
    "care": ("돌봄", "elderly care", "person bed wheelchair"),
    "smart-home": ("스마트홈", "smart home", "dog cat face hand"),
    "voice": ("음성", "voice control", "speech keyword siren"),
    "other": ("기타", "general use", "object scene"),
}
TASKS = {
    "object-detection": ("탐지", "detection"), "image-classification": ("분류", "classification"),
    "semantic-segmentation": ("영역 분할", "segmentation"), "pose-estimation": ("자세 추정", "pose estimation"),
    "object-tracking": ("추적", "tracking"), "face-recognition": ("얼굴 인식", "face recognition"),
    "automatic-speech-recognition": ("음성 인식", "speech recognition"), "keyword-spotting": ("호출어 인식", "keyword spotting"),
    "depth-estimation": ("깊이 추정", "depth estimation"), "ocr": ("문자 인식", "text reading"),
    "anomaly-detection": ("이상 감지", "anomaly detection"), "super-resolution": ("화질 개선", "super resolution"),
    "audio-classification": ("소리 분류", "sound classification"), "action-recognition": ("행동 인식", "action recognition"),
}
OBJECTS = dict(line.split("=") for line in (
    "person=사람 face=얼굴 weapon=흉기 bag=가방 car=차량 license-plate=번호판 truck=트럭 bus=버스 motorcycle=오토바이 fire=화재 "
    "smoke=연기 water=물 boat=배 road=도로 head=머리 trash=쓰레기 child=어린이 crosswalk=횡단보도 traffic-light=신호등 crack=균열 "
    "pothole=포트홀 worker=작업자 helmet=안전모 safety-vest=조끼 gauge=계기판 shelf=진열대 product=상품 basket=바구니 cow=소 "
    "pig=돼지 tomato=토마토 leaf=잎 insect=벌레 bed=침대 wheelchair=휠체어 dog=개 cat=고양이 hand=손 speech=말소리 keyword=호출어 "
    "siren=사이렌 object=사물 scene=장면 bicycle=자전거 train=열차 bird=새 horse=말 umbrella=우산 phone=휴대전화 bottle=병 "
    "cup=컵 chair=의자 table=탁자 screen=화면 keyboard=자판 door=문 window=창문 stairs=계단 fence=울타리 tree=나무 flower=꽃 "
    "apple=사과 strawberry=딸기 pepper=고추 rice=벼 drone=드론 airplane=비행기 crane=기중기 forklift=지게차 valve=밸브 pipe=배관 "
    "bolt=볼트 weld=용접부 wafer=웨이퍼 glove=장갑 mask=마스크 glasses=안경 shoe=신발 shirt=셔츠 cone=안전고깔 barrier=차단기").split())
ENVIRONMENTS = {"day": ("주간", "by day"), "night": ("야간", "at night"), "indoor": ("실내", "indoors"),
                "outdoor": ("실외", "outdoors"), "rain": ("우천", "in rain"), "snow": ("눈", "in snow"), "fog": ("안개", "in fog"),
                "backlight": ("역광", "against the light"), "aerial": ("항공", "from the air"), "dusk": ("저녁", "at dusk")}
SENSORS = {"rgb": ("컬러", "colour"), "ir": ("적외선", "infrared"), "thermal": ("열화상", "thermal"), "depth": ("깊이", "depth"),
           "audio": ("마이크", "microphone"), "lidar": ("라이다", "lidar")}
FORMATS = "tflite onnx openvino ncnn hef edgetpu rknn tensorrt coreml".split()
PRECISIONS, ACCELERATORS = "int8 fp16 fp32 int4 mixed".split(), "cpu gpu npu edgetpu hailo8 rknpu cuda".split()
LICENSES = "apache-2.0 mit bsd-3-clause agpl-3.0 cc-by-4.0 gpl-3.0 proprietary".split()
BOARDS = "rpi5 rpi4 jetson-orin-nano rk3588 coral imx8mp".split()
DATASETS = "COCO ImageNet Cityscapes KITTI WIDER Objects365 KsponSpeech VisDrone AIHub ADE20K".split()
MANNERS = [("빠른", "fast"), ("가벼운", "lightweight"), ("정확한", "accurate"), ("작은", "small"), ("견고한", "robust"),
           ("실시간", "real-time"), ("저전력", "low-power"), ("양자화된", "quantised"), ("가지치기한", "pruned"), ("새로운", "new")]
ENGLISH = [
    "{manner} {task} of {a} and {b} {env} for {service}, trained on {data}",
    "detects {a} and {b} {env} with {sensor} cameras, made for {service} by {rare}",
    "{rare} is a {manner} network for {task} of {a} {env} on {board}",
    "{task} model for {service}: finds {a} {env} in {sensor} images of small devices",
    "{manner} {sensor} model that tells {a} from {b} in the field, based on {rare}",
    "a backbone of the {rare} family with a head for {a} {task}, {manner} on {board}",
]
KOREAN = [
    "{env} {service}에 쓰는 {a} {b} {task} 모델, {data} 데이터로 학습",
    "{sensor} 카메라 영상에서 {a}와 {b}를 찾는 {manner} {task} 모델 {rare}",
    "{service}용 {a} {task}: {env} 환경에서도 {manner} 모델, {board} 보드에서 동작",
    "{rare} 구조로 만든 {manner} {a} {task} 모델이며 {env} 영상에 맞추었습니다",
    "{board}에서 도는 {manner} {service} 모델로 {a} {b} {task} 성능이 좋습니다",
]
TITLES = [("{a} {task}", "{env} {a} {task} 모델", "{rare} {a} {task}", "{service} {a} {task}"),
          ("{A} {task}", "{Rare} {a} {task}", "{A} {task} {env}", "{Rare} for {service}", "{manner} {a} {task}")]
READMES = [
    "Convert the weights with the script of the release and run them with the usual runtime. Input is a {sensor} image "
    "of 320 pixels; thresholds for {a} are in the label file.",
    "이 모델은 {data} 데이터와 현장에서 모은 {env} 영상으로 학습했습니다. {a} 기준값은 설정 파일에서 바꿀 수 있습니다.",
    "Measured on {board} with four threads. The {rare} head may be trained again for {b} with few pictures.",
]


@dataclasses.dataclass(slots=True)
class Variant:
    name: str
    size: int
    tags: list  # (key, value)


@dataclasses.dataclass(slots=True)
class Model:
    namespace: str
    name: str
    title: str
    summary: str
    readme: str
    service: str
    is_private: bool
    downloads: int
    tags: list  # (key, value) of the version
    variants: list

    def context(self):
        """All tags as search sees them."""
        return {("service", self.service), *self.tags, *(tag for variant in self.variants for tag in variant.tags)}


def zipf(values):
    return list(values), list(itertools.accumulate(1 / (rank + 1) for rank in range(len(values))))


def rare_words(dice, count):
    """Names as projects have them, such as doranet and vekamo."""
    heads = [c + v for c in "bcdfghjklmnprstvz" for v in "aeiou"]
    tails = ["net", "former", "mo", "ra", "x", "vis", "lite", "ka", "den", "sor"]
    words = dict.fromkeys("".join(dice.choices(heads, k=dice.choice((2, 2, 3)))) + dice.choice(tails)
                          for _ in range(count * 2))
    return list(words)[:count]


class Stream:
    """Picks from weighted values, ten thousand at a time."""

    def __init__(self, dice, values, weights=None):
        self.dice, self.values, self.weights = dice, values, weights
        self.rest = iter(())

    def __call__(self):
        for value in self.rest:
            return value
        self.rest = iter(self.dice.choices(self.values, cum_weights=self.weights, k=10_000))
        return next(self.rest)


def invent(count, seed=7):
    """The first `count` of the invented models."""
    dice = random.Random(seed)
    rare_list = rare_words(dice, 50_000)
    def stream(values): return Stream(dice, *zipf(values))
    def level(values): return Stream(dice, list(values))
    rare, service, task, common = stream(rare_list), stream(SERVICES), stream(TASKS), stream(OBJECTS)
    environment, sensor, format, precision = stream(ENVIRONMENTS), stream(SENSORS), stream(FORMATS), stream(PRECISIONS)
    accelerator, license, board, manner = stream(ACCELERATORS), stream(LICENSES), stream(BOARDS), stream(MANNERS)
    data, part, hundred, letter = stream(DATASETS), level(range(10_000)), level(range(100)), level("nsmlx")
    english, korean, readme = level(ENGLISH), level(KOREAN), level(READMES)
    titles = level(TITLES[0]), level(TITLES[1])
    size = level([int(20_000 * 100_000 ** (n / 1000)) for n in range(1000)])
    latency = level(sorted({max(1, round(1.06 ** n)) for n in range(130)}))
    own = {key: level(objects.split()) for key, (_, _, objects) in SERVICES.items()}
    taken = set()
    for n in range(count):
        where, what, env, eye, word, adverb = service(), task(), environment(), sensor(), rare(), manner()
        first = own[where]() if hundred() < 70 else common()
        second = own[where]() if hundred() < 50 else common()
        is_english = hundred() < 60
        tongue = 1 if is_english else 0
        some = dict(
            service=SERVICES[where][tongue], task=TASKS[what][tongue], env=ENVIRONMENTS[env][tongue],
            sensor=SENSORS[eye][tongue], manner=adverb[tongue], data=data(), board=board(), rare=word, Rare=word.title(),
            a=first.replace("-", " ") if is_english else OBJECTS[first],
            b=second.replace("-", " ") if is_english else OBJECTS[second], A=first.replace("-", " ").capitalize())
        tags = {("task", what), ("object", first), ("object", second), ("env", env), ("license", license()), ("tag", rare())}
        if hundred() < 40:
            tags.add(("env", environment()))
        if hundred() < 50:
            tags.add(("sensor", eye))
        variants = []
        for kind in dict.fromkeys((format(), format()) if hundred() < 25 else (format(),)):
            own_tags = [("format", kind), ("precision", precision()), ("accel", accelerator())]
            if hundred() < 40:
                own_tags.append(("latency_ms", f"{latency()}@{board()}"))
            variants.append(Variant(kind, size(), own_tags))
        namespace = f"{rare_list[n % 500]}-lab"
        name = f"{word}-{first}-{letter()}"
        while (namespace, name) in taken:
            name = f"{word}-{first}-{letter()}{part()}"
        taken.add((namespace, name))
        yield Model(
            namespace, name, titles[tongue]().format_map(some), (english if is_english else korean)().format_map(some),
            readme().format_map(some) if hundred() < 30 else "", where, (n // 500 + n) % 20 == 0,
            int(1e5 * (part() / 10_000) ** 12), sorted(tags), variants)


def read(path):
    """Models of a file of JSON lines; each has one variant."""
    with open(path) as lines:
        for line in lines:
            row = json.loads(line)
            namespace, _, name = row["id"].partition("/")
            tags = sorted({(key, value[:100]) for key, values in row["tags"].items() for value in values[:20] if value})
            yield Model(namespace, name, row["title"][:200] or name, row.get("summary") or "", row["readme"] or "", "other", False, 0,
                        [tag for tag in tags if tag[0] != "service"], [Variant("default", row.get("size_bytes") or 1, [])])


def load(corpus, count):
    return read(corpus) if corpus else invent(count)
