## ما آلت إليه التفسيرات العادية: جملة لكل منها، بالقيم التي أعطتها السجلات.

# مهام الموظف. والمتغير $detail نص من السجلات يبقى كما كُتب.
told-duty-specialist-desk = في موضع عمل متخصص من { $start } إلى { $end }.
told-duty-specialist-desk-for = في موضع عمل متخصص («{ $detail }») من { $start } إلى { $end }.
told-duty-acting-for = قام بعمل موظف آخر من { $start } إلى { $end }.
told-duty-acting-for-for = قام بعمل { $detail } من { $start } إلى { $end }.
told-duty-training = قيد التدريب من { $start } إلى { $end }.
told-duty-training-for = قيد التدريب («{ $detail }») من { $start } إلى { $end }.
told-doubt-when = لا يُعرف متى دُوِّن ذلك، فلا يكفي لرفع الإشارة.
told-doubt-late = دُوِّن ذلك بعد أن بدأ، فلا يكفي لرفع الإشارة.
told-doubt-who = لا يُعرف من دوَّن ذلك، فلا يكفي لرفع الإشارة.
told-doubt-gains = دوَّن ذلك شخص قد يستفيد منه، فلا يكفي لرفع الإشارة.
told-cover-cannot-be-told = لا تبيّن السجلات ما يشمله ذلك.

# ما يبقى من دون ما يشمله التفسير.
told-left-nothing = من دون ذلك لا يبقى ما يُقارن.
told-left-cases = من دون ذلك: { $observed } من أصل { $n }، مقابل { NUMBER($expected, maximumFractionDigits: 1) } متوقعة.
told-left-picks =
    من دون ذلك: { $observed } من أصل { $n ->
        [zero] صفر من الاختيارات
        [one] اختيار واحد
        [two] اختيارين
        [few] { $n } اختيارات
        [many] { $n } اختيارًا
       *[other] { $n } اختيار
    }، مقابل { NUMBER($expected, maximumFractionDigits: 1) } متوقعة.
told-left-moves =
    من دون ذلك: نُقل { $observed } من أصل { $n ->
        [zero] صفر من الملفات
        [one] ملف واحد
        [two] ملفين
        [few] { $n } ملفات
        [many] { $n } ملفًا
       *[other] { $n } ملف
    }، مقابل { NUMBER($expected, maximumFractionDigits: 1) } متوقعة.
told-left-out-of-order =
    من دون ذلك: أُغلق من دون محضر أو على يد شخص آخر { $observed } من أصل { $n ->
        [zero] صفر من عمليات الرقابة
        [one] عملية رقابة واحدة
        [two] عمليتي رقابة
        [few] { $n } عمليات رقابة
        [many] { $n } عملية رقابة
       *[other] { $n } عملية رقابة
    }، مقابل { NUMBER($expected, maximumFractionDigits: 1) } متوقعة.
told-left-no-finding =
    من دون ذلك: لم تسفر عن مخالفة { $observed } من أصل { $n ->
        [zero] صفر من المعاينات
        [one] معاينة واحدة
        [two] معاينتين
        [few] { $n } معاينات
        [many] { $n } معاينة
       *[other] { $n } معاينة
    }، مقابل { NUMBER($expected, maximumFractionDigits: 1) } متوقعة.
told-left-price-lower =
    من دون ذلك: أسعار أدنى بنسبة { NUMBER($share, style: "percent", maximumFractionDigits: 1) } مما هي مع موظفين آخرين، في { $n ->
        [zero] صفر من البنود
        [one] بند واحد
        [two] بندين
        [few] { $n } بنود
        [many] { $n } بندًا
       *[other] { $n } بند
    }.
told-left-price-higher =
    من دون ذلك: أسعار أعلى بنسبة { NUMBER($share, style: "percent", maximumFractionDigits: 1) } مما هي مع موظفين آخرين، في { $n ->
        [zero] صفر من البنود
        [one] بند واحد
        [two] بندين
        [few] { $n } بنود
        [many] { $n } بندًا
       *[other] { $n } بند
    }.
told-chance = الصدفة وحدها تُحدث مثل ذلك أو أكثر باحتمال { NUMBER($p, maximumSignificantDigits: 2) }.
told-chance-small = الصدفة وحدها تُحدث مثل ذلك أو أكثر باحتمال يقل عن { NUMBER($p, maximumFractionDigits: 3) }.

# من كان حاضرًا.
told-hired = في الخدمة منذ { $since }؛ وكثيرًا ما يُعطى الموظف الجديد عملًا أيسر.
told-posted = عُيّن في { $office } ابتداءً من { $start }.
told-posted-until = عُيّن في { $office } من { $start } إلى { $end }.
told-away =
    { $n ->
        [zero] لم يغب أي زميل خلال الفترة.
        [one] غاب زميل واحد جزءًا من الفترة.
        [two] غاب زميلان جزءًا من الفترة.
        [few] غاب { $n } زملاء جزءًا من الفترة.
        [many] غاب { $n } زميلًا جزءًا من الفترة.
       *[other] غاب { $n } زميل جزءًا من الفترة.
    }
told-first-day = أول بيان جمركي للمكتب كان في { $day }.
told-allowed-by-day = الاختبار يراعي ذلك: لا تُقارن الاختيارات إلا بغيرها في اليوم نفسه، أو في الأسبوع نفسه حيث يقل عمل المكتب.

# قواعد المكتب. قيم المتغير $method هي random وrota وworkload وmanual.
told-rule = قاعدة في المكتب: يُوزَّع العمل { $method ->
        [manual] يدويًا
        [rota] بالتناوب
        [workload] بحسب حجم العمل
        [random] عشوائيًا
       *[other] بطريقة «{ $method }»
    }.
told-rule-pool = قاعدة في المكتب: يُوزَّع العمل { $method ->
        [manual] يدويًا
        [rota] بالتناوب
        [workload] بحسب حجم العمل
        [random] عشوائيًا
       *[other] بطريقة «{ $method }»
    } ضمن المجموعة { $pool }.
told-rule-goods = قاعدة في المكتب: تُوزَّع البضائع { $goods } { $method ->
        [manual] يدويًا
        [rota] بالتناوب
        [workload] بحسب حجم العمل
        [random] عشوائيًا
       *[other] بطريقة «{ $method }»
    }.
told-rule-pool-goods = قاعدة في المكتب: تُوزَّع البضائع { $goods } { $method ->
        [manual] يدويًا
        [rota] بالتناوب
        [workload] بحسب حجم العمل
        [random] عشوائيًا
       *[other] بطريقة «{ $method }»
    } ضمن المجموعة { $pool }.
told-rule-section = قاعدة في المكتب: يُوزَّع عمل القسم { $section } { $method ->
        [manual] يدويًا
        [rota] بالتناوب
        [workload] بحسب حجم العمل
        [random] عشوائيًا
       *[other] بطريقة «{ $method }»
    }.
told-rule-pool-section = قاعدة في المكتب: يُوزَّع عمل القسم { $section } { $method ->
        [manual] يدويًا
        [rota] بالتناوب
        [workload] بحسب حجم العمل
        [random] عشوائيًا
       *[other] بطريقة «{ $method }»
    } ضمن المجموعة { $pool }.
told-rule-goods-section = قاعدة في المكتب: تُوزَّع البضائع { $goods } في القسم { $section } { $method ->
        [manual] يدويًا
        [rota] بالتناوب
        [workload] بحسب حجم العمل
        [random] عشوائيًا
       *[other] بطريقة «{ $method }»
    }.
told-rule-pool-goods-section = قاعدة في المكتب: تُوزَّع البضائع { $goods } في القسم { $section } { $method ->
        [manual] يدويًا
        [rota] بالتناوب
        [workload] بحسب حجم العمل
        [random] عشوائيًا
       *[other] بطريقة «{ $method }»
    } ضمن المجموعة { $pool }.
told-rules-more =
    { $n ->
        [zero] لا توجد قواعد أخرى للمكتب في السجلات.
        [one] توجد قاعدة أخرى للمكتب في السجلات.
        [two] توجد قاعدتان أخريان للمكتب في السجلات.
        [few] توجد { $n } قواعد أخرى للمكتب في السجلات.
        [many] توجد { $n } قاعدة أخرى للمكتب في السجلات.
       *[other] توجد { $n } قاعدة أخرى للمكتب في السجلات.
    }
told-allowed-by-rule = الاختبار يراعي ذلك: لا تُقارن الاختيارات إلا في ظل القاعدة نفسها.

# ما يخص سؤالًا واحدًا.
told-batch = نسبة { NUMBER($share, style: "percent", maximumFractionDigits: 0) } من الاختيارات تلي اختيارًا آخر للمُصرِّح نفسه خلال { $minutes ->
        [few] { $minutes } دقائق
       *[other] { $minutes } دقيقة
    }؛ وهي تُحسب هنا مرة واحدة.
told-same-hours = ساعةً بساعة، يكون نصيب الموظف من عمل هذا المُصرِّح أكبر.
told-hours-picks =
    بالمقارنة ساعةً بساعة: { $observed } من أصل { $n ->
        [zero] صفر من الاختيارات
        [one] اختيار واحد
        [two] اختيارين
        [few] { $n } اختيارات
        [many] { $n } اختيارًا
       *[other] { $n } اختيار
    }، مقابل { NUMBER($expected, maximumFractionDigits: 1) } متوقعة.
told-hours-moves =
    بالمقارنة ساعةً بساعة: نُقل { $observed } من أصل { $n ->
        [zero] صفر من الملفات
        [one] ملف واحد
        [two] ملفين
        [few] { $n } ملفات
        [many] { $n } ملفًا
       *[other] { $n } ملف
    }، مقابل { NUMBER($expected, maximumFractionDigits: 1) } متوقعة.
told-hours-left-out =
    من أصل { $n ->
        [zero] صفر من الملفات
        [one] ملف واحد
        [two] ملفين
        [few] { $n } ملفات
        [many] { $n } ملفًا
       *[other] { $n } ملف
    }، عدد ما أُودع في ساعات لم يودع فيها أحد غيره { $alone }، وهو مستبعد؛ وعدد ما أُودع في ساعات ذهبت فيها كل الملفات أو جلّها إلى موظف واحد { $one }، وهو مستبعد من حساب المصادفة.
told-hours-thin =
    الجواب ساعةً بساعة ضعيف السند، فهو يستند إلى { $n ->
        [zero] صفر من الملفات
        [one] ملف واحد
        [two] ملفين
        [few] { $n } ملفات
        [many] { $n } ملفًا
       *[other] { $n } ملف
    }.
told-moves-off-shift =
    { $n ->
        [zero] لم يُنقل أي ملف لهذا المُصرِّح والموظف المختار أولًا خارج المناوبة.
        [one] نُقل ملف واحد لهذا المُصرِّح والموظف المختار أولًا خارج المناوبة؛ وقد تُرك جانبًا.
        [two] نُقل ملفان لهذا المُصرِّح والموظف المختار أولًا خارج المناوبة؛ وقد تُركا جانبًا.
        [few] نُقلت { $n } ملفات لهذا المُصرِّح والموظف المختار أولًا خارج المناوبة؛ وقد تُركت جانبًا.
        [many] نُقل { $n } ملفًا لهذا المُصرِّح والموظف المختار أولًا خارج المناوبة؛ وقد تُركت جانبًا.
       *[other] نُقل { $n } ملف لهذا المُصرِّح والموظف المختار أولًا خارج المناوبة؛ وقد تُركت جانبًا.
    }
told-moves-absent =
    { $n ->
        [zero] لم يُنقل أي ملف لهذا المُصرِّح والموظف المختار أولًا في إجازة أو تدريب.
        [one] نُقل ملف واحد لهذا المُصرِّح والموظف المختار أولًا في إجازة أو تدريب؛ وقد تُرك جانبًا.
        [two] نُقل ملفان لهذا المُصرِّح والموظف المختار أولًا في إجازة أو تدريب؛ وقد تُركا جانبًا.
        [few] نُقلت { $n } ملفات لهذا المُصرِّح والموظف المختار أولًا في إجازة أو تدريب؛ وقد تُركت جانبًا.
        [many] نُقل { $n } ملفًا لهذا المُصرِّح والموظف المختار أولًا في إجازة أو تدريب؛ وقد تُركت جانبًا.
       *[other] نُقل { $n } ملف لهذا المُصرِّح والموظف المختار أولًا في إجازة أو تدريب؛ وقد تُركت جانبًا.
    }
told-one-act-for-batch = إذا احتُسب محضر بيان واحد لكل بيانات المُصرِّح التي أُغلقت في ذلك اليوم:
told-acts-not-kept = في المسار { $lane ->
        [green] الأخضر
        [blue] الأزرق
        [yellow] الأصفر
        [red] الأحمر
       *[other] { $lane }
    } ينتهي نصف عمليات الرقابة في المكتب على الأقل من دون محضر.
told-allowed-by-lane = الاختبار يراعي ذلك: يُقارن كل مسار على حدة.
told-one-product = من دون المنتج { $product } لمستورد واحد لا يخرج شيء عن المتوقع. وقد يكون ذلك صنفًا آخر من البضاعة.
told-few-weeks =
    من دون { $n ->
        [zero] استبعاد أي أسبوع
        [one] الأسبوع الأبعد عن القاعدة
        [two] الأسبوعين الأبعد عن القاعدة
        [few] الأسابيع الأبعد عن القاعدة وعددها { $n }
        [many] الأسابيع الأبعد عن القاعدة وعددها { $n }
       *[other] الأسابيع الأبعد عن القاعدة وعددها { $n }
    } يكون المعدل { NUMBER($rate, style: "percent", maximumFractionDigits: 1) } مقابل { NUMBER($declared, style: "percent", maximumFractionDigits: 1) } في القواعد.
told-every-office =
    من بين المكاتب الأخرى الخاضعة للقاعدة نفسها (عددها { $n }) { $same ->
        [0] لا يبتعد أي مكتب بالقدر نفسه وفي الاتجاه نفسه.
        [one] يبتعد مكتب واحد بالقدر نفسه وفي الاتجاه نفسه.
        [two] يبتعد مكتبان بالقدر نفسه وفي الاتجاه نفسه.
        [few] تبتعد { $same } مكاتب بالقدر نفسه وفي الاتجاه نفسه.
        [many] يبتعد { $same } مكتبًا بالقدر نفسه وفي الاتجاه نفسه.
       *[other] يبتعد { $same } مكتب بالقدر نفسه وفي الاتجاه نفسه.
    }
table-another-office-under-the-same-rule = مكتب آخر خاضع للقاعدة نفسها
