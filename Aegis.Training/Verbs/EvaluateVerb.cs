using System.CommandLine;
using Aegis.MachineLearning.Choices;
using Aegis.MachineLearning.Evaluation;
using Aegis.Training.Evaluating;
using Aegis.Training.Searching;
using Spectre.Console;

namespace Aegis.Training.Verbs;

/// <summary><c>evaluate</c>: measures how well the models rank the frauds of later days, beside two naive rankings.</summary>
internal static class EvaluateVerb
{
    private static readonly EvaluateOptions Usual = new("", default, default);

    private static readonly Option<DateRange?> Train = Required(Arguments.Days("--train", "Days to fit on"));
    private static readonly Option<DateRange?> Test = Required(Arguments.Days("--test", "Days to judge"));
    private static readonly Option<int> LabelDelay =
        Arguments.Number("--label-delay", "Days until a fraud is known.", Usual.LabelDelayDays, 0, 365);
    private static readonly Option<string> KnownCards = Choice(
        "--known-cards", "Cards whose fraud is known by the test day.", "remove", "keep");
    private static readonly Option<int> Seeds = Arguments.Number("--seeds", "Seeds to train with.", Usual.Seeds, 1, 100);
    private static readonly Option<int> K = Arguments.Number("--k", "Cards looked at per period.", Usual.K, 1, 1_000_000);
    private static readonly Option<string> Period = Choice("--period", "Period of card precision.", "day", "week");
    private static readonly Option<int> Shards = Arguments.Number("--shards", "Shards of the histories.", Usual.Shards, 1, 1_024);
    private static readonly Option<double> Budget =
        Arguments.Number("--budget", "Cards flagged a day, per 10,000 payments a day.", Usual.Budget, 0.01, 10_000);
    private static readonly Option<string> LabelFeatures =
        Choice("--label-features", "Whether labels feed features once they are known; fitting never sees them.", "off", "on");
    private static readonly Option<string?> ChoiceFile = new("--options")
    {
        Description = $"Inputs, forest and weights: {string.Join(", ", ModelChoice.ShippedNames)}, or a JSON file as --choose writes it; "
            + "those that the column map names without it.",
    };
    private static readonly Option<DateRange?> ChooseOn =
        Arguments.Days("--choose", "Earlier days to fit candidates on; with --judge, options are chosen first");
    private static readonly Option<DateRange?> JudgeOn = Arguments.Days("--judge", "Days between those and --test to judge candidates on");
    private static readonly Option<string?> WriteChoice = new("--write-options") { Description = "File to write the chosen options to." };
    private static readonly Option<int> Fits =
        Arguments.Number("--fits", "Most forests fitted while choosing.", Usual.MostFits, 10, 1_000_000);
    private static readonly Option<string?> Without = new("--without")
    {
        Description = "Groups of features, comma-separated, that --choose must leave out: what is known to be an artefact of the stream.",
    };
    private static readonly Option<bool> WithAblation = new("--ablation")
    {
        Description = "Also judge forests without, and with only, each group of inputs.",
    };
    private static readonly Option<bool> WithBaselines = new("--baselines")
    {
        Description = "Also judge variants of the detectors and two textbook ones, on the same inputs.",
    };
    private static readonly Option<bool> WithContamination = new("--contamination")
    {
        Description = "Also fit on rows with 0, 0.2, 1 and 3 % frauds.",
    };
    private static readonly Option<string?> JsonFile = new("--json") { Description = "File to write the results to." };

    public static Command Create()
    {
        var command = new Command("evaluate", "Measures detection quality on a labelled file by a time-ordered split.")
        {
            Arguments.Data, Arguments.Map, Train, Test, LabelDelay, KnownCards, Seeds, K, Period, Shards, Budget, LabelFeatures,
            ChoiceFile, ChooseOn, JudgeOn, WriteChoice, Fits, Without, WithAblation, WithBaselines, WithContamination, JsonFile,
        };
        command.SetAction(Run);
        return command;
    }

    /// <summary>The options that a command line names.</summary>
    /// <exception cref="ArgumentException"><c>--data</c> is missing.</exception>
    internal static EvaluateOptions Options(ParseResult parsed) => new(
        parsed.GetValue(Arguments.Data) ?? throw new ArgumentException("--data is missing; allowed: the path of a labelled CSV file."),
        parsed.GetValue(Train)!.Value, parsed.GetValue(Test)!.Value)
    {
        Map = parsed.GetValue(Arguments.Map)!,
        LabelDelayDays = parsed.GetValue(LabelDelay),
        RemovesKnownCards = parsed.GetValue(KnownCards) == "remove",
        Seeds = parsed.GetValue(Seeds),
        K = parsed.GetValue(K),
        Period = parsed.GetValue(Period) == "week" ? AlertPeriod.Week : AlertPeriod.Day,
        Shards = parsed.GetValue(Shards),
        Budget = parsed.GetValue(Budget),
        FeedsLabels = parsed.GetValue(LabelFeatures) == "on",
        ChoicePath = parsed.GetValue(ChoiceFile),
        ChooseOn = parsed.GetValue(ChooseOn),
        JudgeOn = parsed.GetValue(JudgeOn),
        MostFits = parsed.GetValue(Fits),
        LeftOutGroups = parsed.GetValue(Without),
        WithAblation = parsed.GetValue(WithAblation),
        WithBaselines = parsed.GetValue(WithBaselines),
        WithContamination = parsed.GetValue(WithContamination),
    };

    private static int Run(ParseResult parsed)
    {
        var report = ProgressBars.Run(new Evaluation(Options(parsed)).Run);
        EvaluationTables.Print(AnsiConsole.Console, report);
        if (parsed.GetValue(WriteChoice) is { } chosen)
        {
            report.Choice.Write(chosen);
        }

        if (parsed.GetValue(JsonFile) is { } file)
        {
            JsonReport.Write(file, EvaluationFile.Of(report));
        }

        return 0;
    }

    private static Option<DateRange?> Required(Option<DateRange?> option)
    {
        option.Required = true;
        return option;
    }

    private static Option<string> Choice(string name, string description, params string[] choices)
    {
        var option = new Option<string>(name)
        {
            Description = $"{description} {string.Join(" or ", choices)}; {choices[0]} unless given.",
            DefaultValueFactory = _ => choices[0],
        };
        option.AcceptOnlyFromAmong(choices);
        return option;
    }
}
