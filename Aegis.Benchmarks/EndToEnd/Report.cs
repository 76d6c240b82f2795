using System.Text.Json;
using Aegis.Core.Decisions;
using Aegis.TestRig;
using Spectre.Console;

namespace Aegis.Benchmarks.EndToEnd;

/// <summary>Prints results and writes them as files.</summary>
internal static class Report
{
    /// <summary>The folder of the result files.</summary>
    public static string Folder { get; } = Path.Combine("artifacts", "bench");

    /// <summary>Prints a message to standard error.</summary>
    public static void Say(string text) => Console.Error.WriteLine($"aegis: {text}");

    /// <summary>Prints a result's figures, one per line, and writes the result.</summary>
    public static T Show<T>(string name, T result)
        where T : notnull
    {
        var table = new Table().AddColumns("figure", "value").Border(TableBorder.Markdown);
        foreach (var figure in JsonSerializer.SerializeToElement(result, AegisJson.Options).EnumerateObject()
            .Where(figure => figure.Name != "machine"))
        {
            table.AddRow(Markup.Escape(figure.Name), Markup.Escape(figure.Value.ToString()));
        }

        Say($"{Machine.Here()}");

        AnsiConsole.Write(table);
        Write(name, result);
        return result;
    }

    private static JsonSerializerOptions Indented { get; } = new(AegisJson.Options) { WriteIndented = true };

    /// <summary>Writes <c>artifacts/bench/NAME.json</c>.</summary>
    public static void Write(string name, object result)
    {
        Directory.CreateDirectory(Folder);
        var path = Path.Combine(Folder, $"{name}.json");
        File.WriteAllText(path, JsonSerializer.Serialize(result, result.GetType(), Indented) + "\n");
        Say($"wrote {path}");
    }
}
