using System.Globalization;
using System.Text.Json.Nodes;

namespace Aegis.Benchmarks.Publishing;

/// <summary>The tables of <c>forest.json</c> and <c>autoencoder.json</c> in Markdown.</summary>
internal static class ModelSpeedTables
{
    /// <summary>The forest and its baselines.</summary>
    public static string Forest(JsonNode forest)
    {
        double Of(string figure) => (double)forest[figure]!;
        // scikit-learn may have been missing.
        var other = forest["sklearnVersion"] is { } version
            ? string.Create(CultureInfo.InvariantCulture, $"| scikit-learn {version} | {Of("sklearnRowsPerSecond"):N0} | 1/{Of("ratioToSklearn"):N1} | {Of("sklearnSingleRowUs"):N0} | {Of("sklearnFitSeconds") * 1e3:N0} |\n")
            : "";
        return string.Create(CultureInfo.InvariantCulture, $"""
            | forest, one thread | rows/s | of Aegis's rate | one row, µs | fit, ms |
            |---|---:|---:|---:|---:|
            | Aegis | {Of("rowsPerSecond"):N0} | 1 | {Of("singleRowUs"):N2} | {Of("fitSeconds") * 1e3:N2} |
            | Aegis, perfect trees of depth 8 | {Of("perfectTreesRowsPerSecond"):N0} | | | |
            | textbook C# | {Of("pointerForestRowsPerSecond"):N0} | 1/{Of("ratioToPointerForest"):N1} | {1e6 / Of("pointerForestRowsPerSecond"):N2} | |
            {other}
            """);
    }

    /// <summary>The autoencoder and plain loops.</summary>
    public static string Autoencoder(JsonNode autoencoder)
    {
        double Of(string figure) => (double)autoencoder[figure]!;
        return string.Create(CultureInfo.InvariantCulture, $"""
            | autoencoder | rows/s | to textbook | one row, µs | fit of 200,000 rows |
            |---|---:|---:|---:|---|
            | textbook C# | {Of("textbookRowsPerSecond"):N0} | 1 | {1e6 / Of("textbookRowsPerSecond"):N2} | |
            | Aegis, tanh | {Of("rowsPerSecond"):N0} | {Of("ratioToTextbook"):N1} | {Of("singleRowUs"):N2} | {Of("fitSeconds"):N1} s on all cores ({Of("fitCpuSeconds"):N1} s of processor time), {Of("fitSecondsOneThread"):N1} s on one thread; {Of("fitEpochs"):N0} passes |
            | Aegis, SiLU | {Of("siluRowsPerSecond"):N0} | {Of("siluRowsPerSecond") / Of("textbookRowsPerSecond"):N1} | | {Of("siluFitSeconds"):N1} s, stopped early |

            """);
    }
}
