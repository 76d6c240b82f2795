using System.CommandLine;
using Aegis.Core.Features;
using Aegis.Core.Numerics;
using Aegis.Core.Transactions;
using Aegis.Datasets.Files;
using Aegis.Datasets.Maps;
using Aegis.Streams.Appending;
using Microsoft.Extensions.Logging;

namespace Aegis.Producer;

/// <summary><c>replay</c>: sends the transactions of a CSV file, at the file's own pace or another.</summary>
internal static partial class ReplayVerb
{
    private const int FullSpeedFrame = 64;
    // Not --file: `dotnet run`, which ./aegis up uses to start the producer, would take an option of that name for its own.
    private static readonly Option<string> FilePath = new("--data")
        { Description = "CSV file, plain or packed with gzip, zstd or zip.", Required = true };
    private static readonly Option<string> Map = new("--map")
        { Description = $"Column map: {string.Join(", ", ColumnMap.ShippedNames)}, or the path of a JSON file.", Required = true };
    private static readonly Option<double> Speed = ProducerArguments.Number(
        "--speed", "Times the file's own pace; --rate overrides it.", 1.0, least: 0, isAbove: true);
    private static readonly Option<bool> SkipBad = new("--skip-bad") { Description = "Go on after lines that cannot be read." };
    private static readonly Option<string?> TokenKey = new("--token-key")
        { Description = "File with the key that card numbers are exchanged under." };

    public static Command Create()
    {
        var command = new Command(
            "replay", "Sends the transactions of a file.") { FilePath, Map, Speed, SkipBad, TokenKey, ProducerArguments.Count,
            ProducerArguments.Rate, ProducerArguments.Run, ProducerArguments.Frame };
        command.SetAction(async (parsed, cancel) =>
        {
            var path = parsed.GetValue(FilePath)!;
            var tokeniser = parsed.GetValue(TokenKey) is { } keyPath ? new CardTokeniser(TokenKeyFile.ReadOrCreate(keyPath)) : null;
            var reader = new CsvTransactionReader(path, ColumnMap.Load(parsed.GetValue(Map)!), TimeProvider.System.GetUtcNow(), tokeniser);
            await using var host = await ProducerHost.StartAsync(isSimulating: false, cancel);
            var pace = new Pace(parsed.GetValue(ProducerArguments.Rate), parsed.GetValue(Speed));
            // A file of the same name but another length is another replay.
            var key = StableHash.Hash64($"{Path.GetFullPath(path)} {new FileInfo(path).Length}");
            var name = $"replay-{Path.GetFileName(path)}-{key:x16}";
            var frame = parsed.GetValue(ProducerArguments.Frame) ?? (pace.IsFullSpeed ? FullSpeedFrame : 1);
            var run = new ProducerRun(host, new ProducerPlan(name, pace, frame, ShardedHistories.FactIntervalMs));
            var ingestion = new ReplayIngestion(path, host.Ingestions, TimeProvider.System);
            await ingestion.RunAsync(
                () => run.RunAsync(
                    parsed.GetValue(ProducerArguments.Run),
                    (start, progress) => Items(
                        host.Logger, reader, ingestion, start, progress, parsed.GetValue(ProducerArguments.Count),
                        parsed.GetValue(SkipBad)),
                    cancel),
                cancel);
            return 0;
        });
        return command;
    }

    private static IEnumerable<ProducedItem> Items(
        ILogger logger, CsvTransactionReader reader, ReplayIngestion ingestion, long start, ProducerProgress progress, long count,
        bool skipBad)
    {
        var path = ingestion.Path;
        if (progress.Highest > 0)
        {
            LogContinues(logger, path, progress.Highest);
        }

        // A killed run may have left lines unsent before its last one.
        long counted = 0;
        foreach (var row in reader.Read(Math.Min(start, progress.Complete)))
        {
            if (row.Line > start && count > 0 && counted == count)
            {
                yield break;
            }

            if (!progress.Has(row.Line))
            {
                ingestion.Count(row);
            }

            if (row.Transaction is { } transaction)
            {
                counted += row.Line > start ? 1 : 0;
                yield return new ProducedItem(row.Line, transaction, []);
            }
            else if (skipBad)
            {
                LogSkipped(logger, path, row.Line, string.Join("; ", row.Faults));
            }
            else
            {
                throw new DatasetException(
                    $"{path}, line {row.Line}: {string.Join("; ", row.Faults)}. Everything before it is sent; --skip-bad goes on.");
            }
        }
    }

    [LoggerMessage(3004, LogLevel.Information, "{Path} was sent up to line {Line} before; going on with the rest")]
    private static partial void LogContinues(ILogger logger, string path, long line);

    [LoggerMessage(3005, LogLevel.Warning, "Skipped {Path}, line {Line}: {Faults}")]
    private static partial void LogSkipped(ILogger logger, string path, long line, string faults);
}
