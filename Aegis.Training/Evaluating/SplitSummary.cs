using Aegis.MachineLearning.Evaluation;

namespace Aegis.Training.Evaluating;

/// <summary>How many payments a split fitted on and judged.</summary>
/// <param name="TrainDays">Days fitted on.</param>
/// <param name="TrainRows">Payments of those days.</param>
/// <param name="TestDays">Days judged.</param>
/// <param name="TestRows">Payments of those days, without removed cards.</param>
/// <param name="TestFrauds">Frauds among the payments judged.</param>
internal sealed record SplitSummary(DateRange TrainDays, int TrainRows, DateRange TestDays, int TestRows, int TestFrauds)
{
    /// <summary>Counts a split.</summary>
    public static SplitSummary Of(EvaluationSplit split) =>
        new(split.TrainDays, split.Train.Count, split.TestDays, split.Test.Count, split.Test.Frauds.Count(isFraud => isFraud));
}
