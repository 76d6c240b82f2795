using System.CommandLine;
using System.Text.Json;
using Aegis.Core.Decisions;
using Aegis.Core.Features;
using Aegis.Core.Transactions;
using Aegis.MachineLearning.Autoencoders;
using Aegis.MachineLearning.Bundles;
using Aegis.MachineLearning.Evaluation;
using Aegis.MachineLearning.Forests;
using Aegis.MachineLearning.Forests.Training;
using Aegis.MachineLearning.TailSums;
using Aegis.Training.Evaluating;
using Aegis.Training.Searching;
using Aegis.Training.Sources;
using Spectre.Console;

namespace Aegis.Training.Verbs;

/// <summary><c>evaluate</c>: how well the models rank the frauds of later days, beside two naive rankings.</summary>
internal static class EvaluateVerb
{
    // The detectors and the two naive rankings; baselines would make the table too wide.
    private const int ModelsWithScenarios = 6;

    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, WriteIndented = true };
    private static readonly Option<DateRange?> Train = Required(Arguments.Days("--train", "Days to fit on"));
    private static readonly Option<DateRange?> Test = Required(Arguments.Days("--test", "Days to judge"));
    private static readonly Option<int> LabelDelay = Arguments.Number("--label-delay", "Days until a fraud is known.", 7, 0, 365);
    private static readonly Option<string> KnownCards = Choice("--known-cards", "Cards whose fraud is known by the test day.", "remove", "keep");
    private static readonly Option<int> Seeds = Arguments.Number("--seeds", "Seeds to train with.", 5, 1, 100);
    private static readonly Option<int> K = Arguments.Number("--k", "Cards looked at per period.", 100, 1, 1_000_000);
    private static readonly Option<string> Period = Choice("--period", "Period of card precision.", "day", "week");
    private static readonly Option<int> Shards = Arguments.Number("--shards", "Shards of the histories.", 16, 1, 1_024);
    private static readonly Option<double> Budget = Arguments.Number("--budget", "Cards flagged a day, per 10,000 payments a day.", 100.0, 0.01, 10_000);
    private static readonly Option<string> LabelFeatures = Choice("--label-features", "Whether labels feed features once they are known; fitting never sees them.", "off", "on");
    private static readonly Option<string?> ChoiceFile = new("--options") { Description = "JSON file with inputs, forest and weights, as --choose writes it, or 'simulated' for those chosen on the simulator's payments; without it those chosen on a built-in map's earlier days, else the shipped ones." };
    private static readonly Option<DateRange?> ChooseOn = Arguments.Days("--choose", "Earlier days to fit candidates on; with --judge, options are chosen first");
    private static readonly Option<DateRange?> JudgeOn = Arguments.Days("--judge", "Days between those and --test to judge candidates on");
    private static readonly Option<string?> WriteChoice = new("--write-options") { Description = "File to write the chosen options to." };
    private static readonly Option<int> Fits = Arguments.Number("--fits", "Most forests fitted while choosing.", 6_000, 10, 1_000_000);
    private static readonly Option<string?> Without = new("--without") { Description = "Groups of features, comma-separated, that --choose must leave out: what is known to be an artefact of the stream." };
    private static readonly Option<bool> WithAblation = new("--ablation") { Description = "Also judge forests without, and with only, each group of inputs." };
    private static readonly Option<bool> WithBaselines = new("--baselines") { Description = "Also judge variants of the detectors and two textbook ones, on the same inputs." };
    private static readonly Option<bool> WithContamination = new("--contamination") { Description = "Also fit on rows with 0, 0.2, 1 and 3 % frauds." };
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

    private static int Run(ParseResult parsed)
    {
        var path = parsed.GetValue(Arguments.Data) ?? throw new ArgumentException("--data is missing; allowed: the path of a labelled CSV file.");
        var split = Split(parsed, parsed.GetValue(Train)!.Value, parsed.GetValue(Test)!.Value);
        var earlier = Earlier(parsed);
        var feedsLabels = parsed.GetValue(LabelFeatures) == "on";
        var choice = parsed.GetValue(ChoiceFile) is { } options ? ModelChoice.Read(options) : ModelChoice.For(parsed.GetValue(Arguments.Map)!, feedsLabels);
        var steps = new List<SearchStep>();
        List<EvaluationResult> results = [];
        List<AblationLine> ablation = [];
        List<ContaminationLine> contamination = [];
        ProgressBars.Run(progress =>
        {
            progress.Report(new("features", 0));
            EvaluationData.Read(
                TransactionSource.Read(path, parsed.GetValue(Arguments.Map)!), earlier is null ? [split] : [earlier, split], parsed.GetValue(Shards),
                parsed.GetValue(LabelDelay), feedsLabels);
            progress.Report(new("features", 1));
            choice = earlier is null ? choice : Choose(parsed, earlier, feedsLabels, steps, progress);
            results = Measure(parsed, split, choice, progress);
            if (parsed.GetValue(WithAblation))
            {
                ablation = Ablation.Run(new DetectorTrials(JudgeOf(parsed, split), parsed.GetValue(Seeds)), choice, feedsLabels);
            }
            if (parsed.GetValue(WithContamination))
            {
                contamination = Contamination.Run(JudgeOf(parsed, split), choice, parsed.GetValue(Seeds));
            }
        });

        SearchTable.Print(earlier, steps);
        Print(path, split, feedsLabels, choice, results);
        PrintScenarios(split, [.. results.Take(ModelsWithScenarios)]);
        Print(ablation);
        Print(contamination);
        if (parsed.GetValue(WriteChoice) is { } chosen)
        {
            choice.Write(chosen);
        }

        if (parsed.GetValue(JsonFile) is { } file)
        {
            File.WriteAllText(file, JsonSerializer.Serialize(new
            {
                data = Path.GetFileName(path), map = parsed.GetValue(Arguments.Map), train = split.TrainDays.ToString(), test = split.TestDays.ToString(),
                labelDelayDays = parsed.GetValue(LabelDelay), knownCards = parsed.GetValue(KnownCards), seeds = parsed.GetValue(Seeds),
                labelFeatures = parsed.GetValue(LabelFeatures), options = choice,
                leftOut = parsed.GetValue(Without),
                chosenOn = choice.ChosenOn,
                trainRows = split.Train.Count, testRows = split.Test.Count, testFrauds = split.Test.Frauds.Count(f => f), models = results, ablation, contamination,
                search = steps.Where(step => step.IsTaken),
            }, Json));
        }

        return 0;
    }

    private static EvaluationSplit Split(ParseResult parsed, DateRange train, DateRange test) =>
        new(train, test, parsed.GetValue(LabelDelay), parsed.GetValue(KnownCards) == "remove");

    private static SplitJudge JudgeOf(ParseResult parsed, EvaluationSplit split) => new(split, parsed.GetValue(Budget), parsed.GetValue(K), parsed.GetValue(Period) == "week");

    private static EvaluationSplit? Earlier(ParseResult parsed) => (parsed.GetValue(ChooseOn), parsed.GetValue(JudgeOn), parsed.GetValue(Test)) switch
    {
        (null, null, _) => null,
        ({ } choose, { } judge, { } test) when judge.Last < test.First => Split(parsed, choose, judge),
        ({ }, { } judge, { } test) => throw new ArgumentException($"--judge is '{judge}'; allowed: days before the first of --test {test}: nothing is chosen by what it is reported on."),
        _ => throw new ArgumentException("--choose and --judge belong together; one of them is missing."),
    };

    private static ModelChoice Choose(ParseResult parsed, EvaluationSplit earlier, bool feedsLabels, List<SearchStep> steps, IProgress<TrainingProgress> progress)
    {
        const int SearchSeeds = 5;
        CheckFrauds(earlier);
        var mostFits = parsed.GetValue(Fits);
        var trials = new DetectorTrials(JudgeOf(parsed, earlier), SearchSeeds);
        var left = LeftOut(parsed, feedsLabels);
        Feature[] allowed = [.. Enum.GetValues<Feature>().Where(f => !left.Contains(FeatureSchema.Of(f).Group) && Varies(earlier.Train, f))];
        var search = new ChoiceSearch(trials, allowed, mostFits, step =>
        {
            steps.Add(step);
            progress.Report(new("choice", Math.Min(1, trials.Fits / (double)mostFits)));
        });
        var choice = search.Run(options => Fit(parsed, earlier, options));
        progress.Report(new("choice", 1));
        return choice with { ChosenOn = $"{earlier.TrainDays}, judged on {earlier.TestDays}" };
    }

    private static HashSet<string> LeftOut(ParseResult parsed, bool feedsLabels)
    {
        HashSet<string> groups = [.. parsed.GetValue(Without)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? []];
        var known = FeatureSchema.All.Select(f => f.Group).Distinct().ToList();
        if (groups.FirstOrDefault(group => !known.Contains(group)) is { } unknown)
        {
            throw new ArgumentException($"--without is '{unknown}'; allowed: {string.Join(", ", known)}.");
        }

        if (!feedsLabels)
        {
            groups.Add("labels");
        }

        return groups;
    }

    /// <summary>False for a feature that the stream leaves constant: it can tell nothing and would only dilute.</summary>
    private static bool Varies(FeatureRows rows, Feature feature) =>
        Enumerable.Range(1, rows.Count - 1).Any(row => rows[row][(int)feature] != rows[0][(int)feature]);

    private static void CheckFrauds(EvaluationSplit split)
    {
        if (split.Test.Count == 0 || !split.Test.Frauds.Any(f => f))
        {
            throw new ArgumentException($"The days {split.TestDays} hold {split.Test.Count} payments and no fraud; allowed: at least one fraud.");
        }
    }

    private static FraudModel Fit(ParseResult parsed, EvaluationSplit split, FraudModelTrainingOptions options) =>
        FraudModelTrainer.Train(split.Train, options, CurrencyRates.Default, parsed.GetValue(Shards), "evaluation", new Dictionary<string, string>());

    private static List<EvaluationResult> Measure(ParseResult parsed, EvaluationSplit split, ModelChoice choice, IProgress<TrainingProgress> progress)
    {
        CheckFrauds(split);
        var judge = JudgeOf(parsed, split);
        var byName = new Dictionary<string, List<Measurement>> { ["forest"] = [], ["autoencoder"] = [], ["tail sum"] = [], ["fused"] = [] };
        var seeds = parsed.GetValue(Seeds);
        for (var seed = 1; seed <= seeds; seed++)
        {
            progress.Report(new("models", (seed - 1) / (double)seeds));
            var model = Fit(parsed, split, choice.ToOptions((ulong)seed, new AlertBudget(parsed.GetValue(Budget))));
            var train = ModelScores.Of(model, split.Train);
            var test = ModelScores.Of(model, split.Test);
            byName["forest"].Add(judge.Measure([.. train.Select(a => a.ForestScore)], [.. test.Select(a => a.ForestScore)]));
            byName["autoencoder"].Add(judge.Measure([.. train.Select(a => a.AutoencoderScore)], [.. test.Select(a => a.AutoencoderScore)]));
            byName["tail sum"].Add(judge.Measure([.. train.Select(a => a.TailSum)], [.. test.Select(a => a.TailSum)]));
            byName["fused"].Add(judge.Measure([.. train.Select(a => a.Risk)], [.. test.Select(a => a.Risk)]));
        }

        progress.Report(new("models", 1));
        byName["amount"] = [judge.Measure(Column(split.Train, Feature.AmountLog), Column(split.Test, Feature.AmountLog))];
        byName["velocity"] = [judge.Measure(split.TrainVelocity, split.TestVelocity)];
        if (parsed.GetValue(WithBaselines))
        {
            foreach (var (name, measured) in new Baselines(judge, choice, seeds).Run())
            {
                byName[name] = [.. measured];
            }
        }

        return [.. byName.Select(m => EvaluationResult.Over(m.Key, parsed.GetValue(K), parsed.GetValue(Period)!, m.Value))];
    }

    private static double[] Column(FeatureRows rows, Feature feature) =>
        [.. Enumerable.Range(0, rows.Count).Select(row => (double)rows[row][(int)feature])];

    private static void PrintScenarios(EvaluationSplit split, List<EvaluationResult> results)
    {
        if (results[0].RecallByScenario.Count == 0)
        {
            return;
        }

        var table = new Table().AddColumns(["recall at budget of", "frauds", .. results.Select(r => r.Name)]);
        foreach (var scenario in results[0].RecallByScenario.Keys)
        {
            var frauds = Enumerable.Range(0, split.Test.Count).Count(row => split.Test.Frauds[row] && split.TestScenarios[row] == scenario);
            table.AddRow([scenario, $"{frauds:N0}", .. results.Select(r => $"{r.RecallByScenario[scenario]:F2}")]);
        }

        AnsiConsole.Write(table);
    }

    private static void Print(string path, EvaluationSplit split, bool feedsLabels, ModelChoice choice, List<EvaluationResult> results)
    {
        AnsiConsole.WriteLine(
            $"{Path.GetFileName(path)}: fitted on {split.Train.Count:N0} payments of {split.TrainDays}, judged on {split.Test.Count:N0} of {split.TestDays}, {split.Test.Frauds.Count(f => f):N0} of them frauds. "
            + (feedsLabels ? "Label features on: known labels feed features, fitting does not see them." : "Label features off: labels are used for judging only."));
        AnsiConsole.WriteLine($"Inputs: {string.Join(", ", choice.Inputs)}; {choice.Trees} trees of {string.Join("+", choice.Subsamples)}{(choice.ColumnsPerSplit > 1 ? $", {choice.ColumnsPerSplit} columns a split" : "")}; weights of autoencoder {choice.AutoencoderWeight} and tail sum {choice.TailSumWeight}{(choice.ChosenOn is { } days ? $"; chosen on {days}" : "")}.");
        var table = new Table().AddColumns("model", "AUROC", "average precision", $"card precision@{results[0].K} a {results[0].Period}", "precision at budget", "recall at budget");
        foreach (var r in results)
        {
            table.AddRow(r.Name, $"{r.Auroc:F3} ± {r.AurocSd:F3}", $"{r.Ap:F3} ± {r.ApSd:F3}", $"{r.CardPrecision:F3} ± {r.CardPrecisionSd:F3}", $"{r.PrecisionAtBudget:F3}", $"{r.RecallAtBudget:F3}");
        }

        AnsiConsole.Write(table);
    }

    private static void Print(List<AblationLine> ablation)
    {
        if (ablation.Count == 0)
        {
            return;
        }

        var table = new Table().AddColumns("forest's inputs", "AUROC", "average precision", "card precision");
        foreach (var (inputs, result) in ablation)
        {
            table.AddRow(inputs, $"{result.Auroc:F3}", $"{result.Ap:F3}", $"{result.CardPrecision:F3}");
        }

        AnsiConsole.Write(table);
    }

    private static void Print(List<ContaminationLine> contamination)
    {
        if (contamination.Count == 0)
        {
            return;
        }

        var table = new Table().AddColumns("frauds among rows fitted on", "forest's average precision", "autoencoder's", "tail sum's", "fused");
        foreach (var line in contamination)
        {
            table.AddRow($"{line.Share:P1}", $"{line.Forest.Ap:F3}", $"{line.Autoencoder.Ap:F3}", $"{line.TailSum.Ap:F3}", $"{line.Fused.Ap:F3}");
        }

        AnsiConsole.Write(table);
    }

    private static Option<DateRange?> Required(Option<DateRange?> option)
    {
        option.Required = true;
        return option;
    }

    private static Option<string> Choice(string name, string description, params string[] choices)
    {
        var option = new Option<string>(name) { Description = $"{description} {string.Join(" or ", choices)}; {choices[0]} unless given.", DefaultValueFactory = _ => choices[0] };
        option.AcceptOnlyFromAmong(choices);
        return option;
    }
}
