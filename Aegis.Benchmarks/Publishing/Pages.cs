using System.Text.Json.Nodes;

namespace Aegis.Benchmarks.Publishing;

/// <summary>The pages that quote figures. Each quote lies between two comments, and this class writes it from the files
/// in <c>docs/benchmarks</c>.</summary>
/// <param name="root">The folder of the checkout.</param>
internal sealed class Pages(string root)
{
    private const string Begin = "<!-- figures: ";
    private const string EndOfBegin = " -->\n";
    private const string End = "<!-- end of figures -->";

    private readonly Dictionary<string, string> _fresh = [];

    /// <summary>The pages with quotes, relative to the checkout.</summary>
    public static readonly IReadOnlyList<string> All =
        ["README.md", "docs/model-card.md", "docs/benchmarks/README.md", "docs/benchmarks/quality.md", "docs/benchmarks/forest.md",
            "docs/benchmarks/autoencoder.md"];

    /// <summary>The folder of the published results.</summary>
    public string Results { get; } = Path.Combine(root, "docs", "benchmarks");

    /// <summary>Copies a run's results over the published ones and rewrites all pages.</summary>
    /// <param name="fresh">The folder of the run's results.</param>
    /// <param name="names">The results to copy; a published name may differ from its file, as in
    /// <c>soak-short=soak</c>.</param>
    /// <exception cref="FileNotFoundException">A result does not exist.</exception>
    public void Publish(string fresh, IEnumerable<string> names)
    {
        foreach (var name in names)
        {
            var (published, file) = name.Split('=') is [var left, var right] ? (left, right) : (name, name);
            var path = Path.Combine(fresh, $"{file}.json");
            _fresh[published] = File.Exists(path)
                ? File.ReadAllText(path)
                : throw new FileNotFoundException(
                    $"'{name}' has no result at {path}; allowed: what a benchmark wrote there, or NAME=FILE.");
        }

        // Build all pages first: if one fails, nothing is written.
        var pages = All.Select(page => (Path: Path.Combine(root, page), Text: Write(page))).ToList();
        foreach (var (name, text) in _fresh)
        {
            File.WriteAllText(Path.Combine(Results, $"{name}.json"), text);
        }

        foreach (var (path, text) in pages)
        {
            File.WriteAllText(path, text);
        }
    }

    /// <summary>Builds a page with its quotes taken from the published results.</summary>
    /// <exception cref="FormatException">A quote has no end, or its name is unknown.</exception>
    public string Write(string page)
    {
        var text = File.ReadAllText(Path.Combine(root, page));
        for (var at = text.IndexOf(Begin, StringComparison.Ordinal); at >= 0; at = text.IndexOf(Begin, at + 1, StringComparison.Ordinal))
        {
            var nameEnds = text.IndexOf(EndOfBegin, at, StringComparison.Ordinal);
            var end = text.IndexOf(End, at, StringComparison.Ordinal);
            var next = text.IndexOf(Begin, at + 1, StringComparison.Ordinal);
            if (nameEnds < 0 || end < nameEnds || (next >= 0 && next < end))
            {
                throw new FormatException($"{page}: a quote of figures begins at character {at} and does not end with '{End}'.");
            }

            var from = nameEnds + EndOfBegin.Length;
            text = text[..from] + Quote(text[(at + Begin.Length)..nameEnds]) + text[end..];
        }

        return text;
    }

    private string Quote(string name) => name switch
    {
        "headlines" => new HeadlineTable(Result).Write(),
        "speed" => new SpeedTable(Result).Write(),
        "forest" => ModelSpeedTables.Forest(Result("forest")),
        "autoencoder" => ModelSpeedTables.Autoencoder(Result("autoencoder")),
        "quality of what is shipped" => QualityTables.ShippedModels(Result("quality")),
        "quality" => QualityTables.Models(Result("quality")),
        "weeks" => WeekTables.Weeks(Result("weeks")),
        "what a plain up gives" => WeekTables.Streams(Result("weeks")),
        "rules on tables" => MixTables.Ways(Result("mixes")["tables"]!),
        "rules on tables left out" => MixTables.LeftOut(Result("mixes")["tables"]!),
        "defaults on streams" => MixTables.Ways(Result("mixes")["streams"]!),
        "defaults on streams left out" => MixTables.LeftOut(Result("mixes")["streams"]!),
        "choosing" => ChoosingTable.Write(Result("choosing")),
        "tables" => QualityTables.Tables(Result("tables")),
        "contamination" => QualityTables.Contamination(Result("quality")),
        "recall by scenario" => QualityTables.Scenarios(Result("quality"), "Own simulator"),
        "ablation" => QualityTables.Ablation(Result("ablation")),
        _ => throw new FormatException($"'{name}' names no figures; see {nameof(Pages)}.{nameof(Quote)}."),
    };

    private JsonNode Result(string name) =>
        JsonNode.Parse(_fresh.GetValueOrDefault(name) ?? File.ReadAllText(Path.Combine(Results, $"{name}.json")))!;
}
