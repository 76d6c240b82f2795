namespace Aegis.Training.Evaluating;

/// <summary>How the payments of one week are ranked.</summary>
/// <param name="From">The week's first day.</param>
/// <param name="Payments">The number of payments.</param>
/// <param name="Frauds">The number of frauds among them.</param>
/// <param name="Ap">The average precision of the model's risk; null if the week has no fraud.</param>
/// <param name="AmountAp">The average precision of the amount.</param>
internal sealed record WeekResult(DateOnly From, int Payments, int Frauds, double? Ap, double? AmountAp);

/// <summary>What a model finds at its own threshold, and what the largest amounts would have found with as many alerts.</summary>
/// <param name="Flagged">The number of payments flagged.</param>
/// <param name="Precision">The share of frauds among them.</param>
/// <param name="Recall">The share of all frauds that are among them.</param>
/// <param name="AmountPrecision">The share of frauds among as many payments with the largest amounts.</param>
/// <param name="AmountRecall">The share of all frauds that are among those.</param>
internal sealed record OperatingPoint(int Flagged, double Precision, double Recall, double AmountPrecision, double AmountRecall);

/// <summary>What a model that was trained near the beginning of a file finds in the rest of it.</summary>
internal sealed record WeeklyReport
{
    /// <summary>The file's name.</summary>
    public required string File { get; init; }

    /// <summary>The column map.</summary>
    public required string Map { get; init; }

    /// <summary>The name of the choice of inputs, forest and weights.</summary>
    public required string Choice { get; init; }

    /// <summary>Identifies what that choice says.</summary>
    public required string ChoiceFingerprint { get; init; }

    /// <summary>The days fitted on.</summary>
    public required string TrainingDays { get; init; }

    /// <summary>The number of payments judged: those after the days fitted on.</summary>
    public required int Payments { get; init; }

    /// <summary>The number of frauds among them.</summary>
    public required int Frauds { get; init; }

    /// <summary>The average precision over all of them.</summary>
    public required double Ap { get; init; }

    /// <summary>The average precision of the amount over all of them.</summary>
    public required double AmountAp { get; init; }

    /// <summary>The mean of the weeks' average precision, of weeks with a fraud.</summary>
    public required double WeeksMean { get; init; }

    /// <summary>The standard deviation of the weeks' average precision.</summary>
    public required double WeeksSd { get; init; }

    /// <summary>The mean of the weeks' average precision of the amount.</summary>
    public required double AmountWeeksMean { get; init; }

    /// <summary>What is found at the threshold of the training days.</summary>
    public required OperatingPoint AtThreshold { get; init; }

    /// <summary>The weeks, from the day after the days fitted on.</summary>
    public required IReadOnlyList<WeekResult> Weeks { get; init; }
}
