using System.CommandLine;
using System.Globalization;
using System.Numerics;

namespace Aegis.AppHost;

/// <summary>The options of <c>./aegis up</c>.</summary>
internal sealed record UpOptions
{
    /// <summary>Alert budget for the simulated stream, cards per 10,000 payments: equals the simulation's share of fraud.</summary>
    private const double DemoBudget = 500;

    private const double MaxRate = 1_000_000;
    private const int MinKeyLength = 16;
    private static readonly string AllowedRates = $"above 0 to {MaxRate}, or max";

    /// <summary>The folder that keeps all data.</summary>
    public required string DataPath { get; init; }

    /// <summary>Whether to empty the data folder first.</summary>
    public required bool IsFresh { get; init; }

    /// <summary>Transactions of this run; null for no end.</summary>
    public required long? Count { get; init; }

    /// <summary>Transactions per second as given; null if not given.</summary>
    public required string? Rate { get; init; }

    /// <summary>Multiple of the file's own pace; null if not given.</summary>
    public required double? Speed { get; init; }

    /// <summary>Seed of the model and the simulation.</summary>
    public required ulong Seed { get; init; }

    /// <summary>A file to replay instead of simulating.</summary>
    public required string? ReplayFile { get; init; }

    /// <summary>Name or path of the file's column map.</summary>
    public required string? ReplayMap { get; init; }

    /// <summary>Days of the file that training uses.</summary>
    public required int TrainingDays { get; init; }

    /// <summary>Whether to continue after lines that cannot be read.</summary>
    public required bool SkipBad { get; init; }

    /// <summary>Whether a producer sends traffic.</summary>
    public required bool HasProducer { get; init; }

    /// <summary>A name for this run. A producer restarted within the run continues to the run's end and no further.</summary>
    public string Run { get; } = Guid.NewGuid().ToString("N");

    /// <summary>The key that callers of the API must send; null for none.</summary>
    public required string? ApiKey { get; init; }

    /// <summary>The file of exchange rates; null for the shipped table.</summary>
    public required string? RatesFile { get; init; }

    /// <summary>First of seven consecutive ports; null for the usual ones.</summary>
    public required int? PortBase { get; init; }

    /// <summary>Port of the dashboard.</summary>
    public int DashboardPort => PortBase ?? 5080;

    /// <summary>Port of the scoring API.</summary>
    public int ScoringPort => PortBase + 1 ?? 5081;

    /// <summary>Port of Redis.</summary>
    public int RedisPort => PortBase + 2 ?? 6390;

    /// <summary>Port of the producer's commands.</summary>
    public int ProducerPort => PortBase + 6 ?? 5082;

    /// <summary>The Aspire dashboard's page.</summary>
    public string AspireDashboardUrl => $"http://localhost:{PortBase + 3 ?? 18888}";

    /// <summary>Where services send telemetry by gRPC.</summary>
    public string OtlpGrpcUrl => $"http://localhost:{PortBase + 4 ?? 4317}";

    /// <summary>Where services send telemetry by HTTP.</summary>
    public string OtlpHttpUrl => $"http://localhost:{PortBase + 5 ?? 4318}";

    /// <summary>All ports of the run, each with the name of its listener.</summary>
    public IEnumerable<(string Name, int Port)> Ports =>
    [
        ("dashboard", DashboardPort), ("scoring", ScoringPort), ("Aspire dashboard", new Uri(AspireDashboardUrl).Port), (
            "telemetry", new Uri(OtlpGrpcUrl).Port), ("telemetry", new Uri(OtlpHttpUrl).Port),
        .. RedisShape.IsConnection(Redis) ? Array.Empty<(string, int)>() : [("redis", RedisPort)],
        .. HasProducer ? [("producer", ProducerPort)] : Array.Empty<(string, int)>(),
    ];

    /// <summary>Where Redis comes from: <c>auto</c>, <c>server</c>, <c>container</c>, or a connection string.</summary>
    public required string Redis { get; init; }

    /// <summary>Reads the command line. Returns null after an error message or help, with the exit code.</summary>
    public static UpOptions? Parse(string[] args, out int exitCode)
    {
        var data = new Option<string>("--data")
            { Description = "Folder that keeps everything.", DefaultValueFactory = _ => DataFolder.Usual };
        var fresh = new Option<bool>("--fresh") { Description = "Begin with an empty data folder (the token key stays)." };
        var count = Number<long>("--count", "Transactions of this run; without it the run does not end by itself.", least: 1);
        var rate = new Option<string?>("--rate")
            { Description = $"Transactions per second, {AllowedRates}; 20 unless given, or a file's own pace." };
        var speed = Number<double>("--speed", "Times a file's own pace; with --replay.", least: 0, isAbove: true);
        var seed = Number<ulong>("--seed", "Decides the simulated world and the model; 42 unless given.", least: 0);
        var replay = new Option<string?>("--replay") { Description = "CSV file to replay, plain or packed with gzip, zstd or zip; with --map." };
        var map = new Option<string?>("--map")
            { Description = "Column map of the file: native, simulated, handbook, sparkov, kaggle-sparkov, tabformer, paysim, banksim, ieee-cis, or the path of a JSON file." };
        var days = Number<int>("--train-days", "Days of the file that the model is trained on, after as many first days that warm the cards' histories; 14 unless given.", least: 1, most: 3_650);
        var skipBad = new Option<bool>("--skip-bad") { Description = "Go on after lines that cannot be read." };
        var noProducer = new Option<bool>("--no-producer") { Description = "Take transactions over HTTP only." };
        var rates = new Option<string?>("--rates")
            { Description = "JSON file with exchange rates for amount features; the shipped table without it." };
        var apiKeyFile = new Option<string?>("--api-key-file")
            { Description = "File with the key that callers of the API must send as X-Api-Key; or set AEGIS_API_KEY." };
        var portBase = Number<int>(
            "--port-base", "First of seven ports for everything; usually 5080, 5081, 6390, 18888, 4317, 4318, 5082.", least: 1_024,
            most: 65_000);
        var redis = new Option<string>("--redis")
        {
            Description = "Where Redis comes from: server (a redis-server or valkey-server of our own), container, a connection string such as host:6379,password=..., or auto: server where it is installed, else container.",
            DefaultValueFactory = _ => RedisShape.Auto,
        };
        rate.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && !IsRate(result.Tokens[0].Value))
            {
                result.AddError($"--rate is '{result.Tokens[0].Value}'; allowed: {AllowedRates}.");
            }
        });

        var command = new RootCommand("Runs Aegis: log, model, scoring, dashboard and traffic, until Ctrl-C.")
        {
            count, rate, speed, seed, replay, map, days, skipBad, noProducer, fresh, data, redis, portBase, rates, apiKeyFile,
        };
        command.Validators.Add(result =>
        {
            if (result.GetResult(replay) is null != result.GetResult(map) is null)
            {
                result.AddError("--replay and --map go together: a file, and how its columns are read.");
            }

            Option[] forReplay = [speed, skipBad, days];
            foreach (var option in forReplay.Where(
                option => result.GetResult(replay) is null && result.GetResult(option) is { Implicit: false }))
            {
                result.AddError($"{option.Name} goes with --replay only.");
            }

            Option[] forProducer = [count, rate, replay];
            foreach (var option in forProducer.Where(
                option => result.GetResult(noProducer) is { Implicit: false } && result.GetResult(option) is { Implicit: false }))
            {
                result.AddError($"{option.Name} does not go with --no-producer.");
            }

            if (result.GetResult(data) is { Implicit: false } && string.IsNullOrWhiteSpace(result.GetValue(data)))
            {
                result.AddError("--data is empty; allowed: the path of a folder.");
            }

            if (result.GetResult(redis) is { Implicit: false } && RedisShape.FaultOf(result.GetValue(redis) ?? "") is { } fault)
            {
                result.AddError(fault);
            }

            if (result.GetValue(rates) is { } table && !File.Exists(table))
            {
                result.AddError($"--rates is '{table}', which does not exist; allowed: the path of a JSON file.");
            }

            if (result.GetValue(apiKeyFile) is { } keyFile && !File.Exists(keyFile))
            {
                result.AddError($"--api-key-file is '{keyFile}', which does not exist; allowed: the path of a file that holds the key.");
            }
            else if (KeyOf(result.GetValue(apiKeyFile)) is { Length: > 0 and < MinKeyLength } key)
            {
                var origin = result.GetValue(apiKeyFile) ?? "AEGIS_API_KEY";
                result.AddError($"The API key of {origin} has {key.Length} characters; allowed: {MinKeyLength} or more.");
            }

            if (result.GetValue(replay) is { } path && !File.Exists(path))
            {
                result.AddError($"--replay is '{path}', which does not exist; allowed: the path of a CSV file.");
            }
        });
        UpOptions? options = null;
        command.SetAction(parsed => options = new UpOptions
        {
            DataPath = Path.GetFullPath(parsed.GetValue(data)!),
            IsFresh = parsed.GetValue(fresh),
            Count = parsed.GetValue(count),
            Rate = parsed.GetValue(rate),
            Speed = parsed.GetValue(speed),
            Seed = parsed.GetValue(seed) ?? 42,
            ReplayFile = parsed.GetValue(replay) is { } file ? Path.GetFullPath(file) : null,
            ReplayMap = parsed.GetValue(map) is { } name && File.Exists(name) ? Path.GetFullPath(name) : parsed.GetValue(map),
            TrainingDays = parsed.GetValue(days) ?? 14,
            SkipBad = parsed.GetValue(skipBad),
            HasProducer = !parsed.GetValue(noProducer),
            ApiKey = KeyOf(parsed.GetValue(apiKeyFile)),
            PortBase = parsed.GetValue(portBase),
            Redis = parsed.GetValue(redis)!,
            RatesFile = parsed.GetValue(rates) is { } ratesFile ? Path.GetFullPath(ratesFile) : null,
        });
        exitCode = command.Parse(args).Invoke();
        return exitCode == 0 ? options : null;
    }

    /// <summary>A key in an argument would stand in the list of processes: it comes from a file or the environment.</summary>
    private static string? KeyOf(string? file) =>
        file is null ? Environment.GetEnvironmentVariable("AEGIS_API_KEY") : File.ReadAllText(file).Trim();

    /// <summary>Arguments that train a bundle for the coming traffic, unless the file is there.</summary>
    public string[] TrainingArguments(string bundle)
    {
        string[] always = ["train", "--if-missing", "--out", bundle, "--seed", Seed.ToString(), .. RatesFile is null
            ? Array.Empty<string>()
            : ["--rates", RatesFile]];
        return ReplayFile is null
            ? [.. always, "--budget", DemoBudget.ToString(CultureInfo.InvariantCulture)]
            : [.. always, "--data", ReplayFile, "--map", ReplayMap!, "--days", TrainingDays.ToString(), .. SkipBad
                ? ["--skip-bad"]
                : Array.Empty<string>()];
    }

    /// <summary>Arguments that tell the producer what to send.</summary>
    public string[] ProducerArguments(DataFolder data)
    {
        List<string> arguments = ReplayFile is null
            ? ["simulate", "--seed", Seed.ToString(), "--rate", Rate ?? "20"]
            : ["replay", "--data", ReplayFile, "--map", ReplayMap!, "--token-key", data.TokenKey];
        if (ReplayFile is not null)
        {
            Add("--rate", Rate);
            Add("--speed", Speed?.ToString(CultureInfo.InvariantCulture));
            if (SkipBad)
            {
                arguments.Add("--skip-bad");
            }
        }

        Add("--count", Count?.ToString());
        Add("--run", Run);
        if (ReplayFile is null)
        {
            arguments.Add("--stay");
        }

        return [.. arguments];

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                arguments.AddRange([name, value]);
            }
        }
    }

    private static bool IsRate(string text) =>
        text == "max" || (
            double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var rate) && rate is > 0 and <= MaxRate);

    /// <summary>Creates an option that checks a range; its help and its error name the range.</summary>
    private static Option<T?> Number<T>(string name, string description, T least, T? most = null, bool isAbove = false)
        where T : struct, INumber<T>
    {
        var allowed = isAbove ? $"above {least}" : most is null ? $"{least} or more" : $"{least} to {most}";
        return new Option<T?>(name)
        {
            Description = $"{description} Allowed: {allowed}.",
            CustomParser = result =>
            {
                // Without a style a double takes commas between thousands: 1,5 would be 15.
                var style = least is double ? NumberStyles.Float : NumberStyles.Integer;
                if (T.TryParse(result.Tokens[0].Value, style, CultureInfo.InvariantCulture, out var value) && value >= least
                    && !(isAbove && value == least) && !(value > most))
                {
                    return value;
                }

                result.AddError($"{name} is '{result.Tokens[0].Value}'; allowed: {allowed}.");
                return null;
            },
        };
    }
}
