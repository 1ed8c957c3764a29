## Lo que `arusha panel` dice de los números que escribe.

panel-runs =
    Los registros van del { $first } al { $last }; un { $period ->
        [month] mes
       *[quarter] trimestre
    } cortado por ello es solo una parte.
panel-missing = { $office }: nada se contó en { $periods }: falta, no es cero
panel-withheld =
    { $offices }: se dejan fuera, menos de { $fewest } funcionarios en algún mes, o uno de ellos con más de la mitad de lo contado, { $why ->
        [stage] y { $question } no está en vigor según la carta
       *[asked] como se pidió
    }
panel-strata = Lo esperado es solo por { $by }: de estratos más finos se sabría lo que hizo un funcionario.
panel-one-rate = Lo esperado es una sola tasa para todos: de estratos más finos se sabría lo que hizo un funcionario.
panel-no-expectation = Sin valor esperado: no se nombró ni un período de referencia ni un inicio.
panel-written = Filas: { $rows }, aduanas: { $offices }, en { $file }
panel-about = De qué se hicieron: { $file }
