using System.CommandLine;
using System.Text.Json;
using Aegis.Client;
using Aegis.Core.Decisions;

namespace Aegis.Scoring.Operator;

/// <summary><c>dead-letters</c>: list, show, export, drive.</summary>
internal static class DeadLettersCommand
{
    private static readonly JsonSerializerOptions Indented = new(AegisJson.Options) { WriteIndented = true };

    public static Command Create() => new("dead-letters", "Looks at what could not be decided, and drives it again.")
    {
        ScoringApi.Url, ScoringApi.KeyFile, List(), Show(), Export(), Drive(),
    };

    private static Command List()
    {
        var all = new Option<bool>("--all") { Description = "Those that were driven again too." };
        var limit = new Option<int>("--limit") { Description = "At most so many, 1 to 500.", DefaultValueFactory = _ => 50 };
        var before = new Option<string?>("--before") { Description = "Only older ones than this key." };
        var command = new Command("list", "The newest dead letters: key, first seen, reason.") { all, limit, before };
        command.SetAction((parsed, cancel) => RunAsync(parsed, async (api, output) =>
        {
            var page = await api.DeadLettersAsync(parsed.GetValue(limit), parsed.GetValue(all), parsed.GetValue(before), cancel);
            foreach (var letter in page.DeadLetters)
            {
                await output.WriteLineAsync($"{letter.Key}  {letter.FirstSeen:yyyy-MM-dd HH:mm:ss}  {(letter.DrivenAgain is null ? "" : "[driven again] ")}{letter.Reason}");
            }

            await output.WriteLineAsync(
                page.Next is { } next ? $"There are more: --before {next}" : $"{page.DeadLetters.Count} dead letters.");
        }));
        return command;
    }

    private static Command Show()
    {
        var key = Key();
        var command = new Command("show", "One dead letter with its payload.") { key };
        command.SetAction((parsed, cancel) => RunAsync(parsed, async (api, output) =>
            await output.WriteLineAsync(JsonSerializer.Serialize(await api.DeadLetterAsync(parsed.GetValue(key)!, cancel), Indented))));
        return command;
    }

    private static Command Export()
    {
        var file = new Argument<string>("FILE") { Description = "The file to write." };
        var command = new Command("export", "Writes all dead letters to a file, one JSON object a line, oldest first.") { file };
        command.SetAction((parsed, cancel) => RunAsync(parsed, async (api, output) =>
        {
            // The file appears under its name once it is complete.
            var path = parsed.GetValue(file)!;
            await using (var target = File.Create(path + ".partial"))
            {
                await api.ExportDeadLettersAsync(target, cancel);
            }

            File.Move(path + ".partial", path, overwrite: true);
            await output.WriteLineAsync($"Wrote {path}.");
        }));
        return command;
    }

    private static Command Drive()
    {
        var key = Key();
        var with = new Option<string?>("--with")
            { Description = "JSON file with the corrected transaction; without it what the letter holds is appended again." };
        var command = new Command("drive", "Appends a dead letter to the log again.") { key, with };
        command.SetAction((parsed, cancel) => RunAsync(parsed, async (api, output) =>
        {
            var letter = parsed.GetValue(key)!;
            ReadOnlyMemory<byte>? corrected = parsed.GetValue(with) is { } path ? await File.ReadAllBytesAsync(path, cancel) : null;
            await api.DriveAsync(letter, corrected, cancel);
            await output.WriteLineAsync($"{letter} stands in the log again.");
        }));
        return command;
    }

    private static Argument<string> Key() => new("KEY") { Description = "Position, shard and item, such as 1700000000000-3-12-0." };

    private static async Task<int> RunAsync(ParseResult parsed, Func<AegisClient, TextWriter, Task> action)
    {
        await ScoringApi.UseAsync(parsed, api => action(api, parsed.InvocationConfiguration.Output));
        return 0;
    }
}
