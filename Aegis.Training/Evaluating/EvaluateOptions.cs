using Aegis.MachineLearning.Evaluation;

namespace Aegis.Training.Evaluating;

/// <summary>What an evaluation fits on, what it judges, and what else it tries.</summary>
/// <param name="DataPath">A labelled CSV file, gzip or not, in time order.</param>
/// <param name="Train">Days to fit on.</param>
/// <param name="Test">Days to judge, after those to fit on.</param>
internal sealed record EvaluateOptions(string DataPath, DateRange Train, DateRange Test)
{
    /// <summary>The column map: a built-in map's name or the path of a JSON file.</summary>
    public string Map { get; init; } = "native";

    /// <summary>Days until a fraud is known, 0 to 365.</summary>
    public int LabelDelayDays { get; init; } = 7;

    /// <summary>Whether cards whose fraud is known by the day to judge are left out of it.</summary>
    public bool RemovesKnownCards { get; init; } = true;

    /// <summary>Seeds to train with, 1 to 100.</summary>
    public int Seeds { get; init; } = 5;

    /// <summary>Cards looked at per period, 1 to 1,000,000.</summary>
    public int K { get; init; } = 100;

    /// <summary>Period of card precision.</summary>
    public AlertPeriod Period { get; init; }

    /// <summary>Shards of the histories, 1 to 1,024.</summary>
    public int Shards { get; init; } = 16;

    /// <summary>Cards flagged a day, per 10,000 payments a day; 0.01 to 10,000.</summary>
    public double Budget { get; init; } = 100;

    /// <summary>Whether labels feed features once they are known. Fitting never sees them.</summary>
    public bool FeedsLabels { get; init; }

    /// <summary>What <see cref="Searching.ModelChoice.Read"/> takes; null for what the map is known to reward.</summary>
    public string? ChoicePath { get; init; }

    /// <summary>Days to fit candidates on; null to choose none. It belongs with <see cref="JudgeOn"/>.</summary>
    public DateRange? ChooseOn { get; init; }

    /// <summary>Days to judge candidates on, before those to judge.</summary>
    public DateRange? JudgeOn { get; init; }

    /// <summary>Most forests fitted while choosing, 10 to 1,000,000.</summary>
    public int MostFits { get; init; } = 6_000;

    /// <summary>Groups of features that choosing must leave out, separated by commas; null for none.</summary>
    public string? LeftOutGroups { get; init; }

    /// <summary>Whether forests without, and with only, each group of inputs are judged.</summary>
    public bool WithAblation { get; init; }

    /// <summary>Whether variants of the detectors and textbook methods are judged.</summary>
    public bool WithBaselines { get; init; }

    /// <summary>Whether models are fitted on rows with stated shares of frauds.</summary>
    public bool WithContamination { get; init; }
}
