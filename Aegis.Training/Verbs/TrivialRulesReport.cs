using Aegis.MachineLearning.Evaluation;

namespace Aegis.Training.Verbs;

/// <summary>Prints what trivial rules catch by scenario at their best thresholds, and how precise they can be.</summary>
internal static class TrivialRulesReport
{
    public static void Print(TrivialRules rules, long payments)
    {
        var amount = rules.Amount.BestF1();
        var hour = rules.HourCount.BestF1(fromLevel: 2);
        if (rules.Amount.Frauds == 0)
        {
            Console.WriteLine("No frauds: no rule to judge.");
            return;
        }

        var amountRule = $"amount above {TrivialRules.AmountAt(amount.Level):F0} EUR";
        var hourRule = $"more than {hour.Level - 1} in an hour";
        Console.WriteLine($"{"kind",-7} {"scenario",-20} {"payments",12} {"share",8} {amountRule,24} {hourRule,24}");
        foreach (var kind in rules.Kinds.OrderByDescending(kind => kind.IsFraud).ThenBy(kind => kind.Scenario, StringComparer.Ordinal))
        {
            var count = rules.CountOf(kind);
            Console.WriteLine(
                $"{(kind.IsFraud ? "fraud" : "genuine"),-7} {(kind.Scenario.Length == 0 ? "(ordinary)" : kind.Scenario),-20} "
                + $"{count,12:N0} {count / (double)payments,8:P3} "
                + $"{rules.CaughtByAmount(kind, amount.Level),24:P1} {rules.CaughtByHourCount(kind, hour.Level),24:P1}");
        }

        Print(amountRule, rules.Amount, amount);
        Print(hourRule, rules.HourCount, hour);
    }

    private static void Print(string rule, ThresholdCurve curve, ThresholdPoint best) => Console.WriteLine(
        $"{rule} (best F1): precision {best.Precision:P1}, recall {best.Recall:P1}; "
        + $"highest precision at recall of 10 % or more: {curve.MostPreciseWith(0.1).Precision:P1}, "
        + $"of 50 % or more: {curve.MostPreciseWith(0.5).Precision:P1}; average precision {curve.AveragePrecision():F4}.");
}
