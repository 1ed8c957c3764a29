## What a report says under a charter.

charter-line = بموجب ميثاق: السؤال غير الساري يعطي أعدادًا حسب المكتب ولا يسمّي أحدًا.
counts-only = { $stage }: أعداد حسب المكتب فقط. لا يُسمّى أي شخص ولا أي زوج.
counts-caption = الوحدات حسب المكتب
counts-reading = لا تُعطى الأعداد الأقل من { $n }، ولا عدد الإشارات القريب بهذا القدر من الصفر أو من الكل. ويُقرَّب ما عداها إلى خمسة.
fewer-than = أقل من { $n }
not-given = غير معطى
all-offices = كل المكاتب
column-signals = الإشارات
method-approval-live = سارٍ بموجب الميثاق. بصمة التعريف المتفق عليه: { $hash }.
answer-counts-only =
    { $n ->
        [one] وسؤال واحد غير سارٍ بموجب الميثاق: يعطي أعدادًا حسب المكتب.
        [two] وسؤالان غير ساريين بموجب الميثاق: يعطيان أعدادًا حسب المكتب.
        [few] و{ $n } أسئلة غير سارية بموجب الميثاق: تعطي أعدادًا حسب المكتب.
       *[other] و{ $n } سؤالًا غير سارٍ بموجب الميثاق: تعطي أعدادًا حسب المكتب.
    }

stage-draft = مسودة
stage-consultation = قيد التشاور
stage-pilot = تجريبي
stage-live = سارٍ دون إظهار الأفراد
stage-paused = موقوف مؤقتًا
stage-review-due = حان وقت مراجعته
stage-retired = مسحوب
stage-not-drafted = لم يُقترح بموجب الميثاق
stage-study = دراسة: لم يوافق عليها أحد
