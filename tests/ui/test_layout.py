import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QTextBlockFormat, QTextCharFormat, QTextCursor, QTextDocument, QTextFrameFormat

from reader.ui.blocks import Block, Run
from reader.ui.layout import BOTTOM, TOP
from reader.ui.pane import GUTTER, TextPane

TEXTS = [
    "Consiliul orașului a votat joi, cu unsprezece voturi pentru și șase împotrivă, ceea ce respinsese în martie.",
    "صوّت مجلس المدينة يوم الخميس بأحد عشر صوتا مقابل ستة لصالح ما كان قد رفضه في شهر مارس الماضي في جلسة مغلقة.",
    "",
    "市議会は木曜日、三月に否決したものを十一対六で可決した。橋は月曜日から閉鎖され、工事は三か月続く見込みだという。",
    "😀 Scurt.",
]


@pytest.fixture
def pane(qtbot, theme):
    pane = TextPane(theme, "Original")
    qtbot.addWidget(pane)
    pane.resize(420, 300)
    font = QFont("DejaVu Serif")
    font.setPointSizeF(12)
    pane.set_text_font(font)
    pane.show()
    qtbot.waitExposed(pane)
    return pane


def qt_document(pane):
    """Return the same blocks in a document that Qt's own layout sets."""
    document = QTextDocument()
    document.setDefaultFont(pane.text_font)
    document.setDefaultTextOption(pane.document().defaultTextOption())
    frame = QTextFrameFormat()
    for side in (frame.setTopMargin, frame.setBottomMargin):
        side(TOP if side == frame.setTopMargin else BOTTOM)
    frame.setLeftMargin(GUTTER)
    frame.setRightMargin(GUTTER)
    document.rootFrame().setFrameFormat(frame)
    style = pane._style()
    cursor = QTextCursor(document)
    for number, block in enumerate(pane.blocks):
        form = QTextBlockFormat()
        least = QTextBlockFormat.LineHeightTypes.MinimumHeight.value
        form.setLineHeight(style.line_heights[block.role], least)
        form.setBottomMargin(style.space + block.extra)
        if block.right_to_left:
            form.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        letters = style.forms.get(block.role, QTextCharFormat())
        if number:
            cursor.insertBlock(form, letters)
        cursor.setBlockFormat(form)
        cursor.insertText(block.text, letters)
    document.setPageSize(pane.document().pageSize())
    return document


def lines(document):
    """Return where each line of a document stands, and its text's part."""
    found, block = [], document.firstBlock()
    while block.isValid():
        top = document.documentLayout().blockBoundingRect(block).topLeft()
        layout = block.layout()
        for number in range(layout.lineCount()):
            line = layout.lineAt(number)
            rect = line.naturalTextRect().translated(top)
            found.append((block.blockNumber(), line.textStart(), line.textLength(), rect))
        block = block.next()
    return found


def roles():
    return [
        Block(TEXTS[0], "title"),
        *(Block(text, right_to_left="ص" in text) for text in TEXTS),
        Block(TEXTS[0], "aside"),
        *(Block(text, right_to_left="ص" in text, extra=17.0) for text in TEXTS),
    ]


def test_every_line_stands_where_qts_own_layout_puts_it(pane):
    pane.show_blocks(roles())
    ours, theirs = lines(pane.document()), lines(qt_document(pane))
    assert [line[:3] for line in ours] == [line[:3] for line in theirs]
    for (_, _, _, here), (_, _, _, there) in zip(ours, theirs, strict=True):
        assert here.left() == pytest.approx(there.left(), abs=0.1)
        assert here.top() == pytest.approx(there.top(), abs=0.5)
        assert here.height() == pytest.approx(there.height(), abs=0.1)


def test_every_point_hits_the_letter_that_it_hits_in_qts_own_layout(pane):
    pane.show_blocks(roles())
    document = qt_document(pane)
    theirs = document.documentLayout()
    ours, fuzzy = pane.document().documentLayout(), Qt.HitTestAccuracy.FuzzyHit
    for _, start, length, rect in lines(pane.document()):
        for x in range(0, int(rect.right()) + 40, 23):
            point = QPointF(x, rect.center().y())
            assert ours.hitTest(point, fuzzy) == theirs.hitTest(point, fuzzy), (start, length, point)


def test_only_what_is_on_screen_is_laid_out(qtbot, pane):
    pane.show_blocks([Block(f"{n} {TEXTS[0]}") for n in range(500)])
    pane.grab()
    laid = 500 - len(pane.unmeasured)
    assert 0 < laid < 20
    pane.verticalScrollBar().setValue(pane.verticalScrollBar().maximum() // 2)
    pane.grab()
    assert 500 - len(pane.unmeasured) < 40


def test_an_estimate_is_near_the_height_that_a_block_turns_out_to_have(pane):
    pane.show_blocks([Block(" ".join([TEXTS[0]] * (1 + n % 4))) for n in range(100)])
    estimated = sum(pane.block_height(number) for number in range(100))
    for number in range(100):
        pane.measure(number)
    assert sum(pane.block_height(number) for number in range(100)) == pytest.approx(estimated, rel=0.15)
    assert pane.unmeasured == set()


def test_other_words_of_a_block_move_what_stands_below(pane):
    pane.show_blocks([Block("Scurt."), Block("Sub el.")])
    pane.measure(0)
    before = pane.block_top(1)
    pane.replace_block(0, Block(TEXTS[0] * 3))
    pane.measure(0)
    assert pane.block_top(1) - before == pytest.approx(pane.block_height(0) - pane._style().line_heights["body"])
    assert pane.document().findBlockByNumber(1).text() == "Sub el."


def test_other_marks_of_a_block_leave_its_height_known(pane):
    pane.show_blocks([Block("Scurt.")])
    pane.measure(0)
    form = QTextCharFormat()
    form.setFontUnderline(True)
    pane.restyle_block(0, [Run(0, 3, form)], ())
    assert pane.unmeasured == set()
    pane.grab()
    (part,) = pane.document().firstBlock().layout().formats()
    assert (part.start, part.length) == (0, 3)


def test_a_selection_and_the_caret_are_drawn(qtbot, pane):
    pane.show_blocks([Block("Podul se închide luni.")])
    plain = pane.grab().toImage()
    pane.setTextCursor(pane.cursor_over(0, 0, 5))
    selected = pane.grab().toImage()
    assert plain != selected
    rect = pane.cursorRect(pane.cursor_over(0, 5, 5))
    assert QRectF(rect).center().x() > GUTTER
    assert pane.place_at(QPoint(rect.center())) == (0, 5)


def test_a_font_that_a_style_sheet_gives_the_widget_leaves_the_reading_font(pane):
    pane.show_blocks([Block("Scurt.")])
    pane.setFont(QFont("DejaVu Sans", 7))
    assert pane.document().defaultFont().pointSizeF() == 12
