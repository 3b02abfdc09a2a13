"""An export once more with weights of 8 bits: a third faster, and not for every model,
hence :func:`compare`."""

from __future__ import annotations

import logging
from pathlib import Path

import numpy as np
import onnx
from onnxruntime.quantization import QuantType, quantize_dynamic

from workspaces.worker.adapters.onnx_embedder import ALONE, OnnxEmbedder

ENGLISH = (
    "How long is the warranty on the seals?",
    "The seals of the pump have a warranty of twelve months.",
    "When must an invoice be paid?",
    "Invoices are due within thirty days of their date.",
    "Who may cancel the contract early?",
    "Either party may end the agreement with three months' notice.",
    "What does the heart of an adult weigh?",
    "An adult's heart weighs about three hundred grams.",
    "Which river runs through Vienna?",
    "Vienna lies on the Danube, at the edge of the Alps.",
    "How is bread kept fresh?",
    "Bread stays fresh for days in a box that lets some air in.",
    "Why did the bridge collapse?",
    "The wind made the deck of the bridge swing until its cables broke.",
    "At what temperature does lead melt?",
    "Lead turns liquid at 327 degrees Celsius.",
    "How do I reset the password of the router?",
    "Hold the button at the back for ten seconds; the password is then that on the label.",
    "Which plants grow without much light?",
    "Ferns and ivy do well in the shade.",
    "What did the committee decide about the budget?",
    "The board agreed to spend a tenth less next year.",
    "Who painted the ceiling of the chapel?",
    "Michelangelo worked on the frescoes for four years.",
)
CHINESE = (
    "密封件的保修期是多久？",
    "水泵的密封件保修十二个月。",
    "发票什么时候必须付款？",
    "发票应在开具之日起三十天内支付。",
    "谁可以提前解除合同？",
    "任何一方提前三个月通知即可终止协议。",
    "哪条河流经维也纳？",
    "维也纳位于多瑙河畔。",
    "铅在多少度熔化？",
    "铅在摄氏三百二十七度变成液体。",
    "怎样重设路由器的密码？",
    "按住背面的按钮十秒钟，密码即恢复为标签上的密码。",
    "哪些植物不需要很多阳光？",
    "蕨类和常春藤适合阴凉处。",
    "委员会对预算作了什么决定？",
    "董事会同意明年少花十分之一。",
)
OTHERS = (
    "Wie lange gilt die Garantie auf die Dichtungen?",
    "Auf die Dichtungen der Pumpe gibt es zwölf Monate Garantie.",
    "Wann muss eine Rechnung bezahlt werden?",
    "Rechnungen sind innerhalb von dreißig Tagen fällig.",
    "Welcher Fluss fließt durch Wien?",
    "Wien liegt an der Donau.",
    "Quelle est la durée de la garantie des joints ?",
    "Les joints de la pompe sont garantis douze mois.",
    "Quand faut-il payer une facture ?",
    "Les factures sont payables sous trente jours.",
    "¿Quién puede rescindir el contrato?",
    "Cualquiera de las partes puede poner fin al acuerdo con tres meses de aviso.",
    "¿A qué temperatura se funde el plomo?",
    "El plomo se vuelve líquido a 327 grados.",
    "Какой срок гарантии на уплотнения?",
    "На уплотнения насоса даётся гарантия двенадцать месяцев.",
    "Когда нужно оплатить счёт?",
    "Счета оплачиваются в течение тридцати дней.",
    "Какие растения растут без света?",
    "Папоротники и плющ хорошо растут в тени.",
    "كم مدة ضمان الأختام؟",
    "أختام المضخة مضمونة لمدة اثني عشر شهرا.",
    "متى يجب دفع الفاتورة؟",
    "تُدفع الفواتير خلال ثلاثين يوما.",
)
TEXTS = ENGLISH + CHINESE + OTHERS
"""Of 64 texts, what a model knows is compared: questions and what answers them, so that the nearest
ones are near, as in a search."""

FEWEST = 16
"""Texts that a comparison needs; of a model that knows fewer all are taken."""

LIKE = 0.994
"""The least mean cosine between the vectors of both graphs. Chosen by the starter model, whose
vectors find what they are to find as before at .9963. With the layers that are left out here made
smaller too it was .9924, which lost .003 of nDCG; with weights of 6, 5, 4, 3 bits .992, .984, .953,
.845."""

NEARNESS = 0.998
"""The least correlation between how near the texts are to each other by either graph, which is what
a search goes by. It says more than the mean cosine where all vectors of a model point one way (E5).
In the same row: .9988; .9975; .9979, .9950, .987, .956."""


class UnlikeError(Exception):
    """Why weights of 8 bits do not do for a model, for the log."""


def quantize(graph: Path, small: Path) -> None:
    """Write ``graph`` to ``small`` with weights of 8 bits, scaled for each channel. Raises
    UnlikeError."""
    level = logging.root.manager.disable
    logging.disable(logging.WARNING)  # it advises steps that change nothing here
    try:
        quantize_dynamic(
            graph,
            small,
            # Not the table of words: it is read, not multiplied with, so it would only cost.
            op_types_to_quantize=["MatMul"],
            nodes_to_exclude=_narrowing(onnx.load(graph)),
            per_channel=True,
            weight_type=QuantType.QInt8,
            # 7 bits, in truth. With 8, processors without VNNI cut sums off at 16 bits (cosine to
            # the whole sums .992), so that vectors would depend on the computer.
            reduce_range=True,
        )
        made = onnx.load(small)
    except MemoryError:
        raise
    except Exception as error:  # what a strange graph makes it raise is anything
        raise UnlikeError(f"{type(error).__name__}: {error}") from error
    finally:
        logging.disable(level)
    if all(node.op_type != "MatMulInteger" for node in made.graph.node):
        raise UnlikeError("it has no weights that could be made smaller")
    onnx.helper.set_model_props(made, {ALONE: "yes"})
    onnx.save(made, small)


def _narrowing(graph: onnx.ModelProto) -> list[str]:
    """The multiplications that make many numbers to few: the last of each layer. What comes to them
    has the widest range, so in steps of 8 bits it is coarsest. Without them the
    distance to the exact vectors is half as large, and .003 of nDCG is not lost."""
    shapes = {each.name: each.dims for each in graph.graph.initializer if len(each.dims) == 2}
    return [
        node.name
        for node in graph.graph.node
        if node.op_type == "MatMul"
        and (shape := shapes.get(node.input[1])) is not None
        and shape[0] > shape[1]
    ]


def compare(model: Path, graph: Path, small: Path) -> None:
    """Raise UnlikeError unless ``small`` makes of texts nearly what ``graph`` makes of them."""
    exact, rough = OnnxEmbedder(model, graph), OnnxEmbedder(model, small)
    known = [text for text in TEXTS if exact.knows(text)]
    texts = known if len(known) >= FEWEST else TEXTS
    one, other = np.array(exact.embed(texts)), np.array(rough.embed(texts))
    cosine = float((one * other).sum(axis=1).mean())
    pairs = np.triu_indices(len(texts), 1)
    nearness = float(np.corrcoef((one @ one.T)[pairs], (other @ other.T)[pairs])[0, 1])
    # Written so that a number that is none fails too.
    if not (cosine >= LIKE and nearness >= NEARNESS):
        raise UnlikeError(f"its vectors differ: cosine {cosine:.4f}, nearness {nearness:.4f}")
