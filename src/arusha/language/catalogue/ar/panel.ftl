## ما يقوله `arusha panel` عن الأعداد التي يكتبها.

panel-runs =
    تمتد السجلات من { $first } إلى { $last }؛ و{ $period ->
        [month] الشهر
       *[quarter] الربع
    } المقطوع بذلك جزء لا أكثر.
panel-missing = { $office }: لم يُحصَ شيء في { $periods }: ناقص لا صفر
panel-withheld =
    { $offices }: تُركت، لأن عدد موظفيها في شهر ما أقل من { $fewest }، أو لأحدهم أكثر من نصف ما يُحصى، { $why ->
        [stage] والسؤال { $question } غير سارٍ بموجب الميثاق
       *[asked] كما طُلب
    }
panel-strata = المتوقع محسوب حسب { $by } فقط: فمن طبقات أدق يُعرف ما فعله موظف واحد.
panel-one-rate = المتوقع معدل واحد للجميع: فمن طبقات أدق يُعرف ما فعله موظف واحد.
panel-no-expectation = لا متوقع: لم يُسمَّ أساس ولا بداية.
panel-written = عدد الصفوف { $rows } لمكاتب عددها { $offices }، في { $file }
panel-about = ما صُنعت منه: { $file }
