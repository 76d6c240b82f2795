using Aegis.MachineLearning.Evaluation;

namespace Aegis.Training.Evaluating;

/// <summary>The numbers of payments that a split fitted on and judged.</summary>
/// <param name="TrainDays">The days fitted on.</param>
/// <param name="TrainRows">The number of payments of those days.</param>
/// <param name="TestDays">The days judged.</param>
/// <param name="TestRows">The number of payments of those days, without removed cards.</param>
/// <param name="TestFrauds">The number of frauds among the payments judged.</param>
internal sealed record SplitSummary(DateRange TrainDays, int TrainRows, DateRange TestDays, int TestRows, int TestFrauds)
{
    /// <summary>Counts a split.</summary>
    public static SplitSummary Of(EvaluationSplit split) =>
        new(split.TrainDays, split.Train.Count, split.TestDays, split.Test.Count, split.Test.Frauds.Count(isFraud => isFraud));
}
