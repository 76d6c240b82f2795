using System.Reflection;
using System.Text.RegularExpressions;
using Aegis.AppHost;
using Aegis.Producer;
using Aegis.Scoring;
using Aegis.Training.Verbs;

namespace Aegis.Tests.EndToEnd;

/// <summary>Every command with wrong inputs: it ends with 1 after sentences for users, which hold nothing for programmers.</summary>
[Collection(AloneTests.Name)]
public sealed partial class CommandRefusalsTests : IDisposable
{
    private readonly string _folder = Repository.TemporaryFolder();

    public CommandRefusalsTests()
    {
        Write("few.csv", "id,eventTime,card,amountMinor,currency,merchantId,mcc,country,channel,isFraud\n"
            + "a,2025-07-01T12:00:00Z,c,4120,EUR,m,5411,DE,chip,0\nb,2025-07-02T12:00:00Z,c,4120,EUR,m,5411,DE,chip,0\n");
        Write("table.csv", "x,y,label\n1,2,0\n3,4,1\n");
        Write("text.csv", "x,y,label\n1,two,0\n3,4,1\n");
        Write("file.parquet", "PAR1....");
        Write("syntax.json", "{\"trees\": ");
        Write("kind.json", "{\"trees\": \"many\", \"version\": 7}");
        Write("code.json", "{\"version\": \"v\", \"reference\": \"EUR\", \"unitsPerReference\": {\"XYZ\": 1}}");
        Write("reference.json", "{\"version\": \"v\", \"reference\": \"EUR\", \"unitsPerReference\": {\"EUR\": 2}}");
        Write("lacking.json", "{\"version\": \"v\"}");
        Write("garbage.bin", "garbage");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("generate --out ~/a.csv --start yesterday", "--start is 'yesterday'; allowed: a date such as 2025-01-31.")]
    [InlineData("generate --out ~/a.csv --customers 1,000", "--customers is '1,000'; allowed: 1 to")]
    [InlineData("generate --out /no/such/folder/a.csv --customers 10 --merchants 1000 --days 1", "/no/such/folder/a.csv")]
    [InlineData("generate", "--out")]
    [InlineData("train --out ~/a --data ~/nothing.csv", "~/nothing.csv' does not exist.")]
    [InlineData("train --out ~/a --data ~/few.csv --train 2025-07-01..2025-07-02", "training rows; allowed: 100 or more.")]
    [InlineData("train --out ~/a --data ~/file.parquet", "is a Parquet file; allowed: CSV as plain text")]
    [InlineData("train --out ~/a --data ~/few.csv --map nothing", "'nothing' is unknown; allowed: native")]
    [InlineData("train --out ~/a --data ~/few.csv --map ~/syntax.json", "~/syntax.json' is not JSON: line 1: ")]
    [InlineData("train --out ~/a --data ~/few.csv --skip-bad=maybe", "Unrecognized command or argument 'maybe'.")]
    [InlineData("train --out ~/a --rates ~/syntax.json", "not JSON of the expected form: line 1: ")]
    [InlineData("train --out ~/a --rates ~/kind.json", "not JSON of the expected form: line 1: $.version is no value of the kind")]
    [InlineData("train --out ~/a --rates ~/code.json", "Rate 'XYZ' = 1; allowed: ISO 4217 codes")]
    [InlineData("train --out ~/a --rates ~/reference.json", "with a rate of 2; allowed: ")]
    [InlineData("train --out ~/a --rates ~/lacking.json", "The rate table lacks a field; allowed: ")]
    [InlineData("train --out ~/a --rates ~/nothing.json", "~/nothing.json")]
    [InlineData("train --out ~/a --options ~/kind.json", "~/kind.json cannot be read: ")]
    [InlineData("train --out ~/a --options ~/lacking.json", "~/lacking.json cannot be read: ")]
    [InlineData("train --out ~/a --customers 10 --days 1 --extern ~/garbage.bin", "--extern is '~/garbage.bin'.")]
    [InlineData("evaluate --train 2025-07-01..2025-07-01 --test 2025-07-02..2025-07-02", "--data is missing; allowed: ")]
    [InlineData("evaluate --data ~/few.csv --train 2025-07-02..2025-07-02 --test 2025-07-01..2025-07-01", "allowed: days after")]
    [InlineData("evaluate --data ~/few.csv --train 2025-07-01..2025-07-01 --test 2025-07-02..2025-07-02 --label-delay 0", "no fraud; allowed: ")]
    [InlineData("benchmark --csv ~/table.csv", "rows to fit on; allowed: 16 or more")]
    [InlineData("benchmark --csv ~/text.csv", "'y' (line 2: 'two')")]
    [InlineData("benchmark --csv ~/table.csv --label nothing", "--label names 'nothing'")]
    [InlineData("benchmark --csv ~/table.csv --split time:0,7", "--split is 'time:0,7'; allowed: ")]
    [InlineData("export --out ~/a", "allowed: --model BUNDLE --out FOLDER, or --features FILE.")]
    [InlineData("export --features ~/a.csv", "allowed: --data FILE for a file, or --url ADDRESS for stored decisions.")]
    [InlineData("export --features ~/a.txt --data ~/few.csv", "--features is '~/a.txt'; allowed: a path that ends with .csv or .parquet.")]
    [InlineData("export --features ~/a.csv --url nowhere", "--url is 'nowhere'; allowed: an address such as http://localhost:5081.")]
    [InlineData("export --features ~/a.csv --url http://localhost:1", "The scoring service cannot be reached")]
    [InlineData("export --features ~/a.csv --url http://localhost:1 --labels-until 2026-03-01", "--labels-until is '2026-03-01'; allowed: an ISO 8601 time with its offset")]
    [InlineData("export --features ~/few.csv --data ~/few.csv", "--features is '~/few.csv', the file that is read; allowed: another path.")]
    [InlineData("export --features ~/a.csv --data ~/few.csv --labels-until 2026-03-01T12:00:00Z", "--labels-until says nothing about a file")]
    [InlineData("export --features ~/a.csv --url http://localhost:1 --map native", "--map says nothing about stored decisions")]
    [InlineData("export --out ~/a --model ~/garbage.bin", "--model is '~/garbage.bin'; allowed: a bundle of this release.")]
    [InlineData("attach --out ~/a --model ~/garbage.bin --extern ~/garbage.bin", "--model is '~/garbage.bin'; allowed: ")]
    public void Training_OfWrongInputs_SaysWhatIsAllowed(string arguments, string message) =>
        AssertRefused(typeof(GenerateVerb), arguments, message);

    [Theory]
    [InlineData("replay --data ~/nothing.csv --map native", "~/nothing.csv' does not exist.")]
    [InlineData("replay --data ~/few.csv --map ~/kind.json", "~/kind.json': ")]
    [InlineData("replay --data ~/few.csv --map native --token-key ~/garbage.bin", "~/garbage.bin' has 7 bytes; allowed: 32.")]
    [InlineData("replay --data ~/few.csv --map native --speed 1,5", "--speed is '1,5'; allowed: above 0.")]
    [InlineData("simulate --fraud-share 0,1", "--fraud-share is '0,1'; allowed: 0 to 0.5.")]
    [InlineData("simulate --stay=perhaps", "Unrecognized command or argument 'perhaps'.")]
    public void Producer_OfWrongInputs_SaysWhatIsAllowed(string arguments, string message) =>
        AssertRefused(typeof(ProducerRun), arguments, message);

    [Theory]
    [InlineData("Streams__ShardCount", "several", "Streams:ShardCount is 'several'; allowed: a whole number in range.")]
    [InlineData("Streams__ShardCount", "-3", "The field ShardCount must be between 1 and ")]
    [InlineData("ConnectionStrings__redis", "here", "Part 1 of the Redis connection string is no address; allowed: ")]
    public void Producer_OfAWrongSetting_SaysWhatIsAllowed(string name, string value, string message)
    {
        // Nobody listens there.
        using var redis = new Setting("ConnectionStrings__redis", "localhost:1");
        using var wrong = new Setting(name, value);
        AssertRefused(typeof(ProducerRun), "replay --data ~/few.csv --map native", message);
    }

    [Theory]
    [InlineData("--Scoring:ReserveMiB=none", "Scoring:ReserveMiB is 'none'; allowed: a whole number in range.")]
    [InlineData("--Scoring:ReserveMiB=-1", "The field ReserveMiB must be between 0 and ")]
    [InlineData("--Scoring:RatesPath=~/code.json", "Rate 'XYZ' = 1; allowed: ISO 4217 codes")]
    [InlineData("--Scoring:ModelPath=~/garbage.bin", "bundle")]
    [InlineData("restore ~/nothing --data ~/new", "~/nothing")]
    [InlineData("backup ~/new --port-base many", "--port-base is 'many'; allowed: a whole number in range.")]
    public void Scoring_OfWrongInputs_SaysWhatIsAllowed(string arguments, string message) => AssertRefused(
        typeof(ScoringTelemetry),
        arguments.StartsWith('-')
            ? $"--ConnectionStrings:redis=localhost:1 --Scoring:StorePath=~/aegis.db --Scoring:TokenKeyPath=~/token.key --Scoring:ModelPath=~/garbage.bin {arguments}"
            : arguments,
        message);

    [Theory]
    [InlineData("--fresh=perhaps", "Unrecognized command or argument 'perhaps'.")]
    [InlineData("--replay ~/few.csv --map native --speed 1,5", "--speed is '1,5'; allowed: above 0.")]
    [InlineData("--port-base 1", "--port-base is '1'; allowed: 1024 to 65000.")]
    [InlineData("--redis localhost:1,what=3", "not known: what; allowed: ")]
    [InlineData("--replay ~/nothing.csv --map native", "~/nothing.csv', which does not exist; allowed: ")]
    public void Up_OfWrongInputs_SaysWhatIsAllowed(string arguments, string message) =>
        AssertRefused(typeof(UpOptions), arguments, message);

    [Theory]
    [InlineData("soak --minutes 1,5", "--minutes is '1,5'; allowed: 0.5 to 1440.")]
    [InlineData("drain --frame 129", "--frame is '129'; allowed: 1 to 128.")]
    [InlineData("forest --seed -1", "--seed is '-1'; allowed: a whole number in range.")]
    public void Benchmarks_OfWrongInputs_SaysWhatIsAllowed(string arguments, string message) =>
        AssertRefused(typeof(Aegis.Benchmarks.EndToEnd.SoakTraffic), arguments, message);

    /// <summary>Runs a program as it stands; <c>~</c> stands for the test's folder.</summary>
    private void AssertRefused(Type program, string arguments, string message)
    {
        string[] all = [.. arguments.Split(' ').Select(Placed)];
        var (output, error) = (Console.Out, Console.Error);
        using var said = new StringWriter();
        Console.SetOut(TextWriter.Null);
        Console.SetError(said);
        int code;
        try
        {
            code = (int)program.Assembly.EntryPoint!.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [all], null)!;
        }
        finally
        {
            Console.SetOut(output);
            Console.SetError(error);
        }

        var text = said.ToString();
        Assert.True(code == 1, $"{arguments} ended with {code}: {text}");
        Assert.Contains(Placed(message), text, StringComparison.Ordinal);
        Assert.False(ForProgrammers().IsMatch(text), text);
    }

    private string Placed(string text) => text.Replace("~/", $"{_folder}/", StringComparison.Ordinal);

    private void Write(string name, string content) => File.WriteAllText(Path.Combine(_folder, name), content);

    /// <summary>A variable of the environment until it is disposed.</summary>
    private sealed class Setting : IDisposable
    {
        private readonly string _name;
        private readonly string? _before;

        public Setting(string name, string value)
        {
            (_name, _before) = (name, Environment.GetEnvironmentVariable(name));
            Environment.SetEnvironmentVariable(name, value);
        }

        public void Dispose() => Environment.SetEnvironmentVariable(_name, _before);
    }

    [GeneratedRegex(@"\(Parameter '|\bSystem\.|\bMicrosoft\.|Exception\b|LineNumber|DataAnnotation|Int32|\n   at ")]
    private static partial Regex ForProgrammers();
}
