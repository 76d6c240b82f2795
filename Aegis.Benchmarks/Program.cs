using System.CommandLine;
using System.Globalization;
using System.Numerics;
using Aegis.Benchmarks;
using Aegis.Benchmarks.Autoencoders;
using Aegis.Benchmarks.EndToEnd;
using Aegis.Benchmarks.Forests;
using Aegis.Benchmarks.Publishing;
using Aegis.Benchmarks.Quality;
using Aegis.Core.Faults;
using Aegis.TestRig;
using Aegis.TestRig.Audits;
using Aegis.TestRig.Processes;
using Aegis.TestRig.Traffic;
using Spectre.Console;

var kernel = new Command("kernel", "Time of a decision's models, alone and in batches, one thread, half a minute.");
kernel.SetAction(_ => KernelBenchmark.Run());

var micro = new Command("micro", "Time and allocation of one payment's stages, one core; further options go to BenchmarkDotNet.")
    { TreatUnmatchedTokensAsErrors = false };
micro.SetAction(parsed => PaymentStages.Run([.. parsed.UnmatchedTokens]));

var featureSeed = new Option<ulong>("--seed") { Description = "Decides payments.", DefaultValueFactory = _ => 42 };
var features = new Command("features", "Time, allocation and memory of the feature engine at 10 thousand, 100 thousand and 1 million cards, one thread, some minutes.") { featureSeed };
features.SetAction(parsed => FeatureBenchmark.Run(parsed.GetValue(featureSeed)));

var count = Number("--count", "Transactions", 2_000_000L, 1_000, 100_000_000);
var seed = new Option<ulong>("--seed") { Description = "Decides payments, model and kills.", DefaultValueFactory = _ => 42 };
var frame = Number("--frame", "Also drains a backlog in entries of so many transactions", 1, 1, 128);
var processes = Number("--processes", "Also drains by so many scoring processes", 1, 1, 8);
var rules = Number("--rules", "Also drains with so many live rules", 0, 0, 200);
var entries = Number("--list-entries", "Also drains with so many entries of lists", 0, 0, 1_000_000);
var drain = new Command(
    "drain", "A backlog decided and durably stored, beside redis-benchmark on the same server.") { count, seed, frame, processes, rules, entries };
drain.SetAction((parsed, _) => DrainBenchmark.RunAsync(
    parsed.GetValue(count), parsed.GetValue(seed),
    new DrainSetting(parsed.GetValue(frame), parsed.GetValue(processes), parsed.GetValue(rules), parsed.GetValue(entries))));

var minutes = Number("--minutes", "How long it is shaken", 10.0, 0.1, 600);
var kills = Number("--kills", "SIGKILLs over that time", 50, 1, 10_000);
var chaos = new Command(
    "chaos", "Kills scoring, producer and redis-server under load, then audits the store against the log.") { minutes, kills, seed };
chaos.SetAction(async (parsed, _) =>
{
    using var folder = new TemporaryFolder();
    Report.Say("training the model");
    var model = await Models.TrainAsync(folder.Path, parsed.GetValue(seed));
    var options = new ChaosOptions(
        TimeSpan.FromMinutes(parsed.GetValue(minutes)), parsed.GetValue(kills), parsed.GetValue(seed), Rate: 200, Callers: 8);
    return Report.Show(
        "chaos", await Chaos.RunAsync(options, folder.Path, model, Report.Say)) is { Lost: 0, Duplicated: 0, WrongPositions: 0,
        WrongAnswers: 0, DeadLetters: 0, Differences: 0, HistoriesEqual: true } ? 0 : 1;
});

var forest = new Command(
    "forest", "The isolation forest beside scikit-learn's and a textbook one, on the same rows, one thread each.") { seed };
forest.SetAction((parsed, _) => ForestBenchmark.RunAsync(parsed.GetValue(seed)));

var autoencoder = new Command(
    "autoencoder", "The autoencoder beside a textbook one: scoring on one thread, fitting 200,000 rows.") { seed };
autoencoder.SetAction(parsed => AutoencoderBenchmark.Run(parsed.GetValue(seed)));

var rate = Number("--rate", "Transactions a second", 1_000.0, 1, 100_000);
var seconds = Number("--seconds", "How long each kind of call is measured", 60.0, 1, 3_600);
var latency = new Command("latency", "How long callers wait for decisions at a steady rate, over HTTP and over the stream, and for a bare XADD in the same run.") { rate, seconds, seed };
latency.SetAction(async (parsed, _) =>
{
    using var folder = new TemporaryFolder();
    Report.Say("training the model");
    var model = await Models.TrainAsync(folder.Path, parsed.GetValue(seed));
    Report.Show("latency", await LatencyBenchmark.RunAsync(
        parsed.GetValue(rate), parsed.GetValue(seconds), parsed.GetValue(seed), folder.Path, model));
});

var soakRate = Number("--rate", "Transactions a second", 5_000.0, 1, 200_000);
var soakMinutes = Number("--minutes", "How long", 30.0, 0.5, 1_440);
var settled = Number("--settled", "Minutes after which memory is taken first", 5.0, 0.2, 1_440);
var soak = new Command(
    "soak", "A steady load over a long time, trimming and retention on: does memory stay flat?") { soakRate, soakMinutes, settled, seed };
soak.SetAction(async (parsed, _) =>
{
    using var folder = new TemporaryFolder();
    Report.Say("training the model");
    var model = await Models.TrainAsync(folder.Path, parsed.GetValue(seed));
    Report.Show("soak", await SoakBenchmark.RunAsync(
        parsed.GetValue(soakRate), parsed.GetValue(soakMinutes), parsed.GetValue(settled), parsed.GetValue(seed), folder.Path, model));
});

var publicData = new Option<string>("--data")
    { Description = "Folder of the public files; see docs/datasets.md.", DefaultValueFactory = _ => Path.Combine("..", "shared", "data") };
var qualitySeeds = Number("--seeds", "Seeds per model", 5, 1, 100);
var quality = new Command(
    "quality", "How well the detectors and their baselines rank the frauds of labelled streams, some minutes.") { publicData,
    qualitySeeds };
quality.SetAction((parsed, _) => QualityBenchmark.RunAsync(parsed.GetValue(publicData)!, parsed.GetValue(qualitySeeds)));

var weeks = new Command("weeks", "What a plain ./aegis up --replay finds on labelled streams, week by week, a minute.") { publicData };
weeks.SetAction((parsed, _) => WeeksBenchmark.RunAsync(parsed.GetValue(publicData)!));

var tables = new Command(
    "tables", "How well the detectors rank the anomalies of five public tables that have nothing to do with cards, a minute.") { publicData,
    qualitySeeds };
tables.SetAction((parsed, _) => TablesBenchmark.RunAsync(parsed.GetValue(publicData)!, parsed.GetValue(qualitySeeds)));

var mixSeeds = Number("--seeds", "Seeds per table", 2, 1, 100);
var mixes = new Command(
    "mixes", "Defaults for data that nobody tuned for: rules on tables, choices on streams, each left out once; ten minutes.") { publicData,
    mixSeeds };
mixes.SetAction((parsed, _) => MixesBenchmark.RunAsync(parsed.GetValue(publicData)!, parsed.GetValue(mixSeeds)));

var choosing = new Command("choosing", "How well ten confirmed frauds choose among the shipped choices, three minutes.") { publicData };
choosing.SetAction(parsed => ChoosingBenchmark.Run(parsed.GetValue(publicData)!));

var changed = new Option<string>("--mutate")
    { Description = "Files to change, from a project's folder on, as in Facts/*.cs.", DefaultValueFactory = _ => "**/*.cs" };
var mutation = new Command(
    "mutation", "How many small changes of Core and MachineLearning the quick tests notice (Stryker.NET), hours for all files.") { changed };
mutation.SetAction((parsed, _) => MutationBenchmark.RunAsync(parsed.GetValue(changed)!));

var results = new Argument<string[]>("results")
    { Description = "Of which benchmarks; NAME=FILE where the published name is another, as in soak-short=soak. None: pages only.",
    Arity = ArgumentArity.ZeroOrMore };
var publish = new Command("publish", "Copies results from artifacts/bench to docs/benchmarks and writes the tables of README and docs from what lies there.") { results };
publish.SetAction(parsed => new Pages(".").Publish(Report.Folder, parsed.GetValue(results)!));

if (Console.IsOutputRedirected)
{
    // Readers see redirected tables in a file, where no line must break to fit a window.
    AnsiConsole.Profile.Width = 240;
}

try
{
    return await new RootCommand(
        "Measures Aegis; results go to artifacts/bench.") { chaos, drain, latency, soak, quality, weeks, mixes, choosing, tables, features,
        forest, autoencoder, kernel, micro, mutation, publish }.Parse(args).InvokeAsync(new InvocationConfiguration
        { EnableDefaultExceptionHandler = false, Error = new FaultWriter(Console.Error) });
}
catch (Exception e) when (e is IOException or FormatException or ArgumentException)
{
    Report.Say(FaultMessage.Of(e));
    return 1;
}

static Option<T> Number<T>(string name, string description, T usual, T least, T most)
    where T : INumber<T>
{
    return new Option<T>(name)
    {
        Description = $"{description}, {least} to {most}.",
        DefaultValueFactory = _ => usual,
        CustomParser = result =>
        {
            // Without a style a double takes commas between thousands: 1,5 would be 15.
            var style = usual is double ? NumberStyles.Float : NumberStyles.Integer;
            if (T.TryParse(result.Tokens[0].Value, style, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most)
            {
                return value;
            }

            result.AddError($"{name} is '{result.Tokens[0].Value}'; allowed: {least} to {most}.");
            return usual;
        },
    };
}
