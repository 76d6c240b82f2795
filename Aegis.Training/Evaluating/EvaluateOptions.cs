using Aegis.MachineLearning.Choices;
using Aegis.MachineLearning.Evaluation;

namespace Aegis.Training.Evaluating;

/// <summary>The days that an evaluation fits on and judges, and what else it tries.</summary>
/// <param name="DataPath">A labelled CSV file, packed or not, in time order.</param>
/// <param name="Train">The days to fit on.</param>
/// <param name="Test">The days to judge, after those to fit on.</param>
internal sealed record EvaluateOptions(string DataPath, DateRange Train, DateRange Test)
{
    /// <summary>The column map: a built-in map's name or the path of a JSON file.</summary>
    public string Map { get; init; } = "native";

    /// <summary>The number of days until a fraud is known, 0 to 365.</summary>
    public int LabelDelayDays { get; init; } = 7;

    /// <summary>True to leave a card out of a day to judge if its fraud is known by that day.</summary>
    public bool RemovesKnownCards { get; init; } = true;

    /// <summary>The number of seeds to train with, 1 to 100.</summary>
    public int Seeds { get; init; } = 5;

    /// <summary>The number of cards looked at in a period, 1 to 1,000,000.</summary>
    public int K { get; init; } = 100;

    /// <summary>The period of card precision.</summary>
    public AlertPeriod Period { get; init; }

    /// <summary>The number of shards of the histories, 1 to 1,024.</summary>
    public int Shards { get; init; } = 16;

    /// <summary>Cards flagged a day, per 10,000 payments a day; 0.01 to 10,000.</summary>
    public double Budget { get; init; } = 100;

    /// <summary>True if labels feed features once they are known. Fitting never sees them.</summary>
    public bool FeedsLabels { get; init; }

    /// <summary>The argument of <see cref="Searching.ModelChoice.Read"/>; null for the choice that suits the map.</summary>
    public string? ChoicePath { get; init; }

    /// <summary>The days to fit candidates on; null to choose none. It belongs with <see cref="JudgeOn"/>.</summary>
    public DateRange? ChooseOn { get; init; }

    /// <summary>The days to judge candidates on, before <see cref="Test"/>.</summary>
    public DateRange? JudgeOn { get; init; }

    /// <summary>The largest number of forests fitted while choosing, 10 to 1,000,000.</summary>
    public int MostFits { get; init; } = 6_000;

    /// <summary>Groups of features that choosing must leave out, separated by commas; null for none.</summary>
    public string? LeftOutGroups { get; init; }

    /// <summary>True to judge forests without, and with only, each group of inputs.</summary>
    public bool WithAblation { get; init; }

    /// <summary>True to judge variants of the detectors and textbook methods.</summary>
    public bool WithBaselines { get; init; }

    /// <summary>True to fit models on rows with stated shares of frauds.</summary>
    public bool WithContamination { get; init; }
}
