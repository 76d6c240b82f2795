using Aegis.Core.Decisions;
using Aegis.MachineLearning.Evaluation;
using Aegis.MachineLearning.Forests.Training;

namespace Aegis.Training.Evaluating;

/// <summary>Judges the scores of a split's rows by its labels.</summary>
/// <param name="split">The days.</param>
/// <param name="budget">Cards flagged a day, per 10,000 payments a day.</param>
/// <param name="k">The number of cards looked at in a period.</param>
/// <param name="period">The period.</param>
internal sealed class SplitJudge(EvaluationSplit split, double budget, int k, AlertPeriod period)
{
    /// <summary>The days.</summary>
    public EvaluationSplit Split { get; } = split;

    /// <summary>How well scores rank the rows to judge.</summary>
    public Measurement Rank(double[] scores)
    {
        var frauds = Split.Test.Frauds.ToArray();
        var first = Split.TestDays.First.DayNumber;
        var periods = Split.Test.Days.Select(day => period == AlertPeriod.Week ? (day - first) / 7 : day).ToList();
        return new Measurement(
            RankingMetrics.Auroc(scores, frauds), RankingMetrics.AveragePrecision(scores, frauds),
            AlertMetrics.CardPrecision(scores, frauds, Split.Test.Cards, periods, k), 0, 0);
    }

    /// <summary>As <see cref="Rank"/>, with precision and recall at the threshold that keeps the budget on the days fitted on.</summary>
    /// <param name="train">The scores of the rows fitted on.</param>
    /// <param name="test">The scores of the rows to judge.</param>
    public Measurement Measure(IReadOnlyList<double> train, IReadOnlyList<double> test)
    {
        var scored = Enumerable.Range(0, train.Count).Select(row => (Split.Train.Cards[row], Split.Train.Days[row], train[row])).ToList();
        var policy = DecisionPolicy.FromBudget(scored, new AlertBudget(budget));
        bool[] flagged = [.. test.Select((score, row) => policy.Decide(score, Split.Test.IdHashes[row]) != DecisionOutcome.Approve)];
        var (precision, recall) = AlertMetrics.PrecisionAndRecall(flagged, Split.Test.Frauds.ToArray());
        return Rank([.. test]) with { Precision = precision, Recall = recall, RecallByScenario = RecallByScenario(flagged) };
    }

    private Dictionary<string, double> RecallByScenario(bool[] flagged) =>
        Enumerable.Range(0, flagged.Length).Where(row => Split.Test.Frauds[row] && Split.TestScenarios[row] is not null)
            .GroupBy(row => Split.TestScenarios[row]!, StringComparer.Ordinal).OrderBy(scenario => scenario.Key, StringComparer.Ordinal)
            .ToDictionary(scenario => scenario.Key, scenario => scenario.Count(row => flagged[row]) / (double)scenario.Count());
}
