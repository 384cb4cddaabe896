"""Invented sheets in several languages, as the workflows would hand them over."""

import hashlib
import math
from dataclasses import replace
from typing import Any

from app.documents.form_paper import Component, FormSheet, Measured, MeasuredTable
from app.documents.marks import Strokes
from app.documents.sheet import Fact, Frame, Group, Remark, Signer
from app.kernel.canonical import canonical
from app.kernel.instants import Instant

AT = Instant(1_795_515_900_000_000)  # 2026-11-24 11:25 UTC


def strokes() -> Strokes:
    """A lively line with pressure, and a flourish below it."""
    name = tuple(
        (t * 20 + round(100 * math.sin(t / 5)), 300 + round(180 * math.sin(t / 4) * math.cos(t / 23)), t * 9, 500)
        for t in range(90)
    )
    flourish = tuple((t * 20, 600 - round(60 * math.sin(t / 11)), 900 + t * 9, 400) for t in range(8, 80, 4))
    return name, flourish


WORDS: dict[str, dict[str, Any]] = {
    "en": {
        "title": "Component exchange",
        "lead": "Two parts were exchanged in the Forge two-group espresso machine FD2A-2617-00428-N. "
        "There is nothing to pay: Averdell pays for parts and labour.",
        "customer": "Customer",
        "unit": "Machine",
        "model": "Model",
        "serial": "Serial number",
        "name": "Name",
        "city": "Place",
        "parts": "Parts exchanged",
        "heads": ("Part", "Old serial out", "New serial in", "Who pays"),
        "valve": "Relief valve",
        "boiler": "Boiler",
        "fate": "Goes back to Averdell",
        "sure": "Confirmed",
        "unsure": "Not confirmed",
        "pays": "Averdell pays for part and labour under recall RC-2026-01.",
        "tests": "Tested before it was handed back",
        "test_heads": ("Test", "Measured", "Allowed", "Result"),
        "pressure": "Working pressure after 10 minutes",
        "earth": "Earth resistance",
        "allowed": "allowed 1.00 to 1.20 bar",
        "good": "In order",
        "bad": "Out of limits",
        "checklist": "Checklist",
        "checked": "All 18 steps of SOP 5, version 4, were done and ticked on 24 November 2026 by Tiago Moreira.",
        "remarks": "Remarks",
        "remark": "The new boiler's number is still to be confirmed. The old valve was scaled & <tight>.",
        "agree": "What is signed",
        "statement": "I have got the machine back, working, with the parts named here.",
        "tech": "Technician",
        "tech_lines": ("Technician, Moinho Atlântico Lda", "I did this work and the entries are correct."),
        "time": "24 November 2026, 11:25 (Europe/Lisbon), on Tiago’s van laptop",
        "open": "The customer signs here, or on a page of its own that names this form.",
        "page": "Page {page} of {pages}",
        "verify": "Check with the app",
    },
    "ar": {
        "title": "استبدال مكوّنات",
        "lead": "استُبدلت قطعتان في آلة الإسبريسو Forge ذات المجموعتين ⁨FD2A-2617-00428-N⁩. "
        "لا يوجد ما تدفعه: شركة Averdell تتحمل ثمن القطع والعمل.",
        "customer": "العميل",
        "unit": "الآلة",
        "model": "الطراز",
        "serial": "الرقم التسلسلي",
        "name": "الاسم",
        "city": "المكان",
        "parts": "القطع المستبدلة",
        "heads": ("القطعة", "الرقم القديم (خرج)", "الرقم الجديد (دخل)", "من يدفع"),
        "valve": "صمام الأمان",
        "boiler": "الغلاية",
        "fate": "تُعاد إلى Averdell",
        "sure": "مؤكد",
        "unsure": "غير مؤكد",
        "pays": "تدفع Averdell ثمن القطعة والعمل بموجب الاستدعاء RC-2026-01.",
        "tests": "فُحص قبل التسليم",
        "test_heads": ("الفحص", "القيمة", "المسموح", "النتيجة"),
        "pressure": "ضغط التشغيل بعد 10 دقائق",
        "earth": "مقاومة التأريض",
        "allowed": "المسموح من 1.00 إلى 1.20 bar",
        "good": "سليم",
        "bad": "خارج الحدود",
        "checklist": "قائمة التحقق",
        "checked": "نُفذت جميع خطوات الإجراء SOP 5، الإصدار 4، وعددها 18 خطوة بتاريخ ⁨2026-11-24⁩.",
        "remarks": "ملاحظات",
        "remark": "رقم الغلاية الجديدة لم يؤكد بعد. كان الصمام القديم (VLV-7) متكلسًا & <ضيقًا>.",
        "agree": "ما يتم التوقيع عليه",
        "statement": "استلمت الآلة وهي تعمل، مع القطع المذكورة هنا.",
        "tech": "الفني",
        "tech_lines": ("فني، مؤسسة نخلة للضيافة", "أنجزت هذا العمل والبيانات صحيحة."),
        "time": "24 نوفمبر 2026، 11:25 (Asia/Riyadh)، على حاسوب الورشة",
        "open": "يوقّع العميل هنا، أو على صفحة مستقلة تذكر هذا النموذج.",
        "page": "صفحة {page} من {pages}",
        "verify": "تحقق بالتطبيق",
    },
    "he": {
        "title": "החלפת רכיבים",
        "lead": "הוחלפו שני חלקים במכונה SN-4711 (5% מהחלקים). אין מה לשלם.",
        "valve": "שסתום לחץ",
        "statement": "קיבלתי את המכונה כשהיא פועלת, עם החלקים הרשומים כאן.",
        "checked": "כבו את המכונה ונתקו אותה מהחשמל. הפעילו את המכונה במשך 5 דקות והקשיבו לרעש חריג.",
        "name": "שם",
    },
    "hi": {
        "title": "पुर्ज़ा बदलने का फ़ॉर्म",
        "lead": "मशीन में दो पुर्ज़े बदले गए। प्लेट पर लिखे सीरियल नंबर की तुलना इस फ़ॉर्म के नंबर से करें।",
        "valve": "दबाव वाल्व",
        "statement": "मुझे मशीन चालू हालत में वापस मिली।",
        "checked": "मशीन बंद करें और प्लग निकाल दें।",
    },
    "th": {
        "title": "แบบฟอร์มเปลี่ยนชิ้นส่วน",
        "lead": "เปรียบเทียบหมายเลขซีเรียลบนแผ่นป้ายกับหมายเลขในแบบฟอร์มนี้",
        "valve": "วาล์วแรงดัน",
        "statement": "ข้าพเจ้าได้รับเครื่องคืนในสภาพใช้งานได้",
        "checked": "ปิดเครื่องและถอดปลั๊กไฟ",
    },
    "zh-Hans": {
        "title": "部件更换单",
        "lead": "将铭牌上的序列号与本表上的序列号进行核对，如有不同请立即联系制造商的客户服务部门。",
        "valve": "压力阀",
        "statement": "本人已收回机器，运转正常，所填内容正确。",
        "checked": "让机器运行五分钟，注意是否有异常声音。",
    },
    "pl": {
        "title": "Protokół wymiany części",
        "lead": "Porównaj numer seryjny na tabliczce z numerem w tym formularzu. Źdźbło, żółć, gęślą jaźń.",
        "statement": "Odebrałem sprawną maszynę z wymienionymi częściami.",
    },
    "vi": {
        "title": "Phiếu thay linh kiện",
        "lead": "So sánh số sê-ri trên nhãn máy với số trên phiếu này.",
        "statement": "Tôi đã nhận lại máy hoạt động tốt.",
    },
    "ru": {
        "title": "Акт замены деталей",
        "lead": "Сравните серийный номер на табличке с номером в этой форме.",
        "statement": "Я получил исправную машину с указанными деталями.",
    },
    "el": {
        "title": "Αντικατάσταση εξαρτημάτων",
        "lead": "Συγκρίνετε τον αριθμό σειράς της πινακίδας με τον αριθμό του εντύπου.",
        "statement": "Παρέλαβα το μηχάνημα σε λειτουργία.",
    },
}
LANGUAGES = tuple(WORDS)
RTL = {"ar", "he"}


def words(language: str) -> dict[str, Any]:
    """The strings of a language; what it lacks is English, as in life."""
    return {**WORDS["en"], **WORDS[language]}


def data(language: str, **more: object) -> bytes:
    return canonical({"form": "F-02", "language": language, "number": "PT02-B-000123", **more})


def frame(language: str, **more: Any) -> Frame:
    w = words(language)
    inside = data(language)
    seal = hashlib.sha256(inside).hexdigest()
    made = Frame(
        language=language,
        direction="rtl" if language in RTL else "ltr",
        paper="A4",
        title=w["title"],
        number="PT02-B-000123",
        template="F-02, version 3",
        issuer="Moinho Atlântico Lda",
        at=AT,
        page_label=w["page"],
        qr=f"aftercare:PT02-B-000123#{seal}",
        qr_label=w["verify"],
        seal=seal,
        seal_label=f"SHA-256 {seal[:16]}",
        data=inside,
    )
    return replace(made, **more)


def technician(language: str) -> Signer:
    w = words(language)
    return Signer(
        "technician", w["tech"], "Tiago Moreira", (*w["tech_lines"], w["time"]), strokes(), "Signature of Tiago Moreira"
    )


def customer(language: str) -> Signer:
    w = words(language)
    return Signer("customer", w["customer"], note=w["open"], open=True)


def form(language: str, **more: Any) -> FormSheet:
    w = words(language)
    sheet = FormSheet(
        frame=frame(language),
        lead=w["lead"],
        groups=(
            Group(w["unit"], (Fact(w["model"], "Forge FD2A"), Fact(w["serial"], "FD2A-2617-00428-N"))),
            Group(w["customer"], (Fact(w["name"], "Café Ribeira Alta"), Fact(w["city"], "Rua das Flores 118, Porto"))),
        ),
        components_heading=w["parts"],
        component_heads=w["heads"],
        components=(
            Component(w["valve"], "PR-100", "PR-2612-0905-E", "PR-2633-0148-C", w["fate"], w["sure"], "", w["pays"]),
            Component(
                w["boiler"], "BL-220", "BL-2617-0042-S", "BL-2634-0211-N", w["fate"], w["unsure"], "unsure", w["pays"]
            ),
        ),
        measured_heads=w["test_heads"],
        measured=(
            MeasuredTable(
                w["tests"],
                (
                    Measured(w["pressure"], "1.10 bar", w["allowed"], w["good"], "done"),
                    Measured(w["earth"], "0.31 Ω", "< 0.20 Ω", w["bad"], "stop"),
                ),
            ),
        ),
        checklist=Remark(w["checklist"], w["checked"], "done"),
        remarks=(Remark(w["remarks"], w["remark"]),),
        statement_heading=w["agree"],
        statement=w["statement"],
        signers=(technician(language), customer(language)),
    )
    return replace(sheet, **more)
