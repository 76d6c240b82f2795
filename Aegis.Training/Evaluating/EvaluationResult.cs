namespace Aegis.Training.Evaluating;

/// <summary>Metrics of one model: means over seeds, and the standard deviations between them.</summary>
internal sealed record EvaluationResult
{
    public required string Name { get; init; }
    public required double Auroc { get; init; }
    public required double AurocSd { get; init; }
    public required double Ap { get; init; }
    public required double ApSd { get; init; }
    public required double CardPrecision { get; init; }
    public required double CardPrecisionSd { get; init; }
    public required int K { get; init; }
    public required AlertPeriod Period { get; init; }
    public required double PrecisionAtBudget { get; init; }
    public required double PrecisionAtBudgetSd { get; init; }
    public required double RecallAtBudget { get; init; }
    public required double RecallAtBudgetSd { get; init; }

    /// <summary>
    /// The share of each fraud scenario's payments that the budget's threshold finds, mean over seeds. Empty if the
    /// labels name no scenarios.
    /// </summary>
    public required IReadOnlyDictionary<string, double> RecallByScenario { get; init; }

    /// <summary>Joins the measurements of several seeds.</summary>
    public static EvaluationResult Over(string name, int k, AlertPeriod period, IReadOnlyList<Measurement> seeds)
    {
        var (auroc, aurocSd) = Mean(seeds.Select(m => m.Auroc));
        var (ap, apSd) = Mean(seeds.Select(m => m.AveragePrecision));
        var (cards, cardsSd) = Mean(seeds.Select(m => m.CardPrecision));
        var (precision, precisionSd) = Mean(seeds.Select(m => m.Precision));
        var (recall, recallSd) = Mean(seeds.Select(m => m.Recall));
        return new EvaluationResult
        {
            Name = name, K = k, Period = period,
            Auroc = auroc, AurocSd = aurocSd,
            Ap = ap, ApSd = apSd,
            CardPrecision = cards, CardPrecisionSd = cardsSd,
            PrecisionAtBudget = precision, PrecisionAtBudgetSd = precisionSd,
            RecallAtBudget = recall, RecallAtBudgetSd = recallSd,
            RecallByScenario = seeds[0].RecallByScenario.Keys.ToDictionary(
                scenario => scenario, scenario => seeds.Average(m => m.RecallByScenario[scenario])),
        };
    }

    private static (double Mean, double Deviation) Mean(IEnumerable<double> values)
    {
        var list = values.ToList();
        var mean = list.Average();
        return (mean, list.Count < 2 ? 0 : Math.Sqrt(list.Sum(v => (v - mean) * (v - mean)) / (list.Count - 1)));
    }
}

/// <summary>Metrics of one model and seed.</summary>
internal readonly record struct Measurement(double Auroc, double AveragePrecision, double CardPrecision, double Precision, double Recall)
{
    /// <summary>Recall at the budget by scenario.</summary>
    public IReadOnlyDictionary<string, double> RecallByScenario { get; init; } = new Dictionary<string, double>();
}
