using Aegis.MachineLearning.Choices;
using Aegis.Training.Searching;

namespace Aegis.Training.Evaluating;

/// <summary>The JSON file of an evaluation. The published quality tables are made from its property names, in their order.</summary>
internal sealed record EvaluationFile
{
    /// <summary>The data file's name, without its folder.</summary>
    public required string Data { get; init; }

    /// <summary>The column map.</summary>
    public required string Map { get; init; }

    /// <summary>The days fitted on, as <c>2018-07-25..2018-07-31</c>.</summary>
    public required string Train { get; init; }

    /// <summary>The days judged.</summary>
    public required string Test { get; init; }

    /// <summary>The number of days until a fraud was known.</summary>
    public required int LabelDelayDays { get; init; }

    /// <summary><c>remove</c> or <c>keep</c>.</summary>
    public required string KnownCards { get; init; }

    /// <summary>The number of seeds trained with.</summary>
    public required int Seeds { get; init; }

    /// <summary><c>on</c> if labels fed features, otherwise <c>off</c>.</summary>
    public required string LabelFeatures { get; init; }

    /// <summary>Inputs, forest and weights.</summary>
    public required ModelChoice Options { get; init; }

    /// <summary>The groups of features that choosing left out, as they were written; null for none.</summary>
    public required string? LeftOut { get; init; }

    /// <summary>The days that the options were chosen on; null if no replay chose them.</summary>
    public required string? ChosenOn { get; init; }

    /// <summary>The number of payments fitted on.</summary>
    public required int TrainRows { get; init; }

    /// <summary>The number of payments judged.</summary>
    public required int TestRows { get; init; }

    /// <summary>The number of frauds among the payments judged.</summary>
    public required int TestFrauds { get; init; }

    /// <summary>All models, the detectors first.</summary>
    public required IReadOnlyList<EvaluationResult> Models { get; init; }

    /// <summary>Forests on other inputs.</summary>
    public required IReadOnlyList<AblationLine> Ablation { get; init; }

    /// <summary>Models fitted on stated shares of frauds.</summary>
    public required IReadOnlyList<ContaminationLine> Contamination { get; init; }

    /// <summary>The steps of the search that were taken.</summary>
    public required IReadOnlyList<SearchStep> Search { get; init; }

    /// <summary>The file of a report.</summary>
    public static EvaluationFile Of(EvaluationReport report) => new()
    {
        Data = Path.GetFileName(report.Options.DataPath),
        Map = report.Options.Map,
        Train = report.Split.TrainDays.ToString(),
        Test = report.Split.TestDays.ToString(),
        LabelDelayDays = report.Options.LabelDelayDays,
        KnownCards = report.Options.RemovesKnownCards ? "remove" : "keep",
        Seeds = report.Options.Seeds,
        LabelFeatures = report.Options.FeedsLabels ? "on" : "off",
        Options = report.Choice,
        LeftOut = report.Options.LeftOutGroups,
        ChosenOn = report.Choice.ChosenOn,
        TrainRows = report.Split.TrainRows,
        TestRows = report.Split.TestRows,
        TestFrauds = report.Split.TestFrauds,
        Models = report.AllModels,
        Ablation = report.Ablation,
        Contamination = report.Contamination,
        Search = [.. report.Search?.Steps.Where(step => step.IsTaken) ?? []],
    };
}
