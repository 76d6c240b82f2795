using System.CommandLine;
using System.Text.Json;
using Aegis.Core.Decisions;
using Aegis.Core.Detection;
using Aegis.Core.Evaluation;
using Aegis.Core.Features;
using Aegis.Core.Transactions;
using Spectre.Console;

namespace Aegis.Training;

/// <summary><c>evaluate</c>: how well the models rank the frauds of later days, beside two naive rankings.</summary>
internal static class EvaluateVerb
{
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
    private static readonly Option<double> AutoencoderWeight = Arguments.Number("--autoencoder-weight", "Weight of the autoencoder in the fusion.", ScoreFusion.Default.AutoencoderWeight, 0, 1);
    private static readonly Option<string?> JsonFile = new("--json") { Description = "File to write the results to." };

    public static Command Create()
    {
        var command = new Command("evaluate", "Measures detection quality on a labelled file by a time-ordered split.")
        {
            Arguments.Data, Arguments.Map, Train, Test, LabelDelay, KnownCards, Seeds, K, Period, Shards, Budget, AutoencoderWeight, JsonFile,
        };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        var path = parsed.GetValue(Arguments.Data) ?? throw new ArgumentException("--data is missing; allowed: the path of a labelled CSV file.");
        var train = parsed.GetValue(Train)!.Value;
        var test = parsed.GetValue(Test)!.Value;
        if (test.First <= train.Last)
        {
            throw new ArgumentException($"--test is '{test}'; allowed: days after the training days {train}.");
        }

        EvaluationData data = null!;
        var results = new List<EvaluationResult>();
        ProgressBars.Run(progress =>
        {
            progress.Report(new("features", 0));
            data = EvaluationData.Read(
                TransactionSource.Read(path, parsed.GetValue(Arguments.Map)!), train, test, parsed.GetValue(LabelDelay),
                parsed.GetValue(KnownCards) == "remove", parsed.GetValue(Shards));
            progress.Report(new("features", 1));
            results = Measure(parsed, data, progress);
        });

        Print(path, train, test, data, results);
        if (parsed.GetValue(JsonFile) is { } file)
        {
            File.WriteAllText(file, JsonSerializer.Serialize(new
            {
                data = Path.GetFileName(path), map = parsed.GetValue(Arguments.Map), train = train.ToString(), test = test.ToString(),
                labelDelayDays = parsed.GetValue(LabelDelay), knownCards = parsed.GetValue(KnownCards), seeds = parsed.GetValue(Seeds), labelFeatures = "off",
                trainRows = data.Train.Count, testRows = data.Test.Count, testFrauds = data.Test.Frauds.Count(f => f), models = results,
            }, Json));
        }

        return 0;
    }

    private static List<EvaluationResult> Measure(ParseResult parsed, EvaluationData data, IProgress<TrainingProgress> progress)
    {
        if (data.Test.Count == 0 || !data.Test.Frauds.Any(f => f))
        {
            throw new ArgumentException($"The test days hold {data.Test.Count} payments and no fraud; allowed: at least one fraud.");
        }

        var measure = new Func<IReadOnlyList<double>, IReadOnlyList<double>, Measurement>((train, test) => Judge(parsed, data, train, test));
        var byName = new Dictionary<string, List<Measurement>> { ["forest"] = [], ["autoencoder"] = [], ["fused"] = [] };
        var seeds = parsed.GetValue(Seeds);
        for (var seed = 1; seed <= seeds; seed++)
        {
            progress.Report(new("models", (seed - 1) / (double)seeds));
            var weight = parsed.GetValue(AutoencoderWeight);
            var options = new FraudModelTrainingOptions { Seed = (ulong)seed, Fusion = new ScoreFusion(1 - weight, weight) };
            var model = FraudModelTrainer.Train(data.Train, options, CurrencyRates.Default, parsed.GetValue(Shards), "evaluation", new Dictionary<string, string>());
            var train = Assess(model, data.Train);
            var test = Assess(model, data.Test);
            byName["forest"].Add(measure([.. train.Select(a => a.ForestScore)], [.. test.Select(a => a.ForestScore)]));
            byName["autoencoder"].Add(measure([.. train.Select(a => a.AutoencoderScore)], [.. test.Select(a => a.AutoencoderScore)]));
            byName["fused"].Add(measure([.. train.Select(a => a.Risk)], [.. test.Select(a => a.Risk)]));
        }

        progress.Report(new("models", 1));
        byName["amount"] = [measure(Column(data.Train, Feature.AmountLog), Column(data.Test, Feature.AmountLog))];
        byName["velocity"] = [measure(data.TrainVelocity, data.TestVelocity)];
        return [.. byName.Select(m => EvaluationResult.Over(m.Key, parsed.GetValue(K), parsed.GetValue(Period)!, m.Value))];
    }

    private static Assessment[] Assess(FraudModel model, FeatureRows rows)
    {
        var assessments = new Assessment[rows.Count];
        Parallel.For(0, rows.Count, () => new FraudDetector(model), (row, _, detector) =>
        {
            assessments[row] = detector.Assess(rows[row]);
            return detector;
        }, _ => { });
        return assessments;
    }

    private static double[] Column(FeatureRows rows, Feature feature) =>
        [.. Enumerable.Range(0, rows.Count).Select(row => (double)rows[row][(int)feature])];

    private static Measurement Judge(ParseResult parsed, EvaluationData data, IReadOnlyList<double> train, IReadOnlyList<double> test)
    {
        var scores = test.ToArray();
        var frauds = data.Test.Frauds.ToArray();
        var isWeekly = parsed.GetValue(Period) == "week";
        var first = parsed.GetValue(Test)!.Value.First.DayNumber;
        var periods = data.Test.Days.Select(day => isWeekly ? (day - first) / 7 : day).ToList();
        var scored = Enumerable.Range(0, train.Count).Select(row => (data.Train.Cards[row], data.Train.Days[row], train[row])).ToList();
        var threshold = DecisionPolicy.FromBudget(scored, new AlertBudget(parsed.GetValue(Budget))).ReviewAt;
        var (precision, recall) = AlertMetrics.AtThreshold(scores, frauds, threshold);
        return new Measurement(
            RankingMetrics.Auroc(scores, frauds), RankingMetrics.AveragePrecision(scores, frauds),
            AlertMetrics.CardPrecision(scores, frauds, data.Test.Cards, periods, parsed.GetValue(K)), precision, recall);
    }

    private static void Print(string path, DateRange train, DateRange test, EvaluationData data, List<EvaluationResult> results)
    {
        AnsiConsole.WriteLine($"{Path.GetFileName(path)}: fitted on {data.Train.Count:N0} payments of {train}, judged on {data.Test.Count:N0} of {test}, {data.Test.Frauds.Count(f => f):N0} of them frauds. Labels are used for judging only.");
        var table = new Table().AddColumns("model", "AUROC", "average precision", $"card precision@{results[0].K} a {results[0].Period}", "precision at budget", "recall at budget");
        foreach (var r in results)
        {
            table.AddRow(r.Name, $"{r.Auroc:F3} ± {r.AurocSd:F3}", $"{r.Ap:F3} ± {r.ApSd:F3}", $"{r.CardPrecision:F3} ± {r.CardPrecisionSd:F3}", $"{r.PrecisionAtBudget:F3}", $"{r.RecallAtBudget:F3}");
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
