using System.Text.Json.Nodes;
using static System.FormattableString;

namespace Aegis.Benchmarks.Publishing;

/// <summary>The ten figures of README, each with its meaning and a link to its result.</summary>
/// <param name="result">A published result by name.</param>
internal sealed class HeadlineTable(Func<string, JsonNode> result)
{
    /// <summary>The table in Markdown, for a page at the root of the checkout.</summary>
    public string Write()
    {
        var machine = result("drain")["machine"]!;
        string[] rows =
        [
            $"| Figure | On {machine["cores"]} cores ({machine["processor"]}) | In plain words |", "|---|---|---|",
            Drain(), Latency(), Chaos(), Soak(), Features(), Models(), Forest(),
            Ranking("Handbook"), Ranking("Sparkov"), Ranking("Own simulator"),
        ];
        return string.Join('\n', rows) + '\n';
    }

    private static double D(JsonNode node, string figure) => (double)node[figure]!;

    private static string Row(string figure, string raw, FormattableString seen, FormattableString meaning) =>
        $"| [{figure}](docs/benchmarks/{raw}.json) | {Invariant(seen)} | {Invariant(meaning)} |";

    private string Drain()
    {
        var drain = result("drain");
        return Row(
            "Payments decided and stored", "drain", $"{D(drain, "transactionsPerSecond"):N0} a second",
            $"a backlog of {D(drain, "transactions"):N0}, every feature and model on; Redis and the store share the machine");
    }

    private string Latency()
    {
        var latency = result("latency");
        return Row(
            "Wait for a decision over HTTP", "latency",
            $"p50 {D(latency["http"]!, "p50Ms"):N2} ms, p99 {D(latency["http"]!, "p99Ms"):N1} ms",
            $"at {D(latency, "rate"):N0} calls a second half of the callers wait no longer than the first, 99 of 100 no longer than the second; a bare XADD in the same run {D(latency["floor"]!, "p50Ms"):N2} and {D(latency["floor"]!, "p99Ms"):N1} ms");
    }

    private string Chaos()
    {
        var chaos = result("chaos");
        return Row(
            "Payments through kills", "chaos", $"{D(chaos, "lost"):N0} lost, {D(chaos, "duplicated"):N0} twice",
            $"of {D(chaos, "accepted"):N0}, while scoring, producer and Redis were killed {D(chaos, "kills"):N0} times by SIGKILL");
    }

    private string Soak()
    {
        var soak = result("soak");
        var before = Invariant($"{D(soak, "settledMiB"):N0} MiB after the first {D(soak, "settled"):N0}");
        return Row(
            "Memory of the scoring process", "soak", $"{D(soak, "endMiB"):N0} MiB",
            $"its working set after {D(soak, "minutes"):N0} minutes at {D(soak, "rate"):N0} payments a second; {before}");
    }

    private string Features()
    {
        var features = result("features");
        var line = features["lines"]!.AsArray().MaxBy(line => D(line!, "cards"))!;
        return Row(
            "Features of one payment", "features", $"{D(line, "medianNs") / 1000:N2} µs",
            $"all {D(features, "features"):N0} of them, on one core, with {D(line, "cards"):N0} cards in memory, {D(line, "bytesPerCard"):N0} bytes each");
    }

    private string Models()
    {
        var kernel = result("kernel");
        double Us(string path) => D(kernel["lines"]!.AsArray().First(line => (string)line!["path"]! == path)!, "nsPerRow") / 1000;
        var reasons = Invariant($"the reasons of a flagged one take {Us("shares and reasons in words"):N0} µs");
        return Row(
            "Models on one payment", "kernel", $"{Us("whole decision, batches of 64"):N2} µs",
            $"{D(kernel, "trees"):N0} trees, autoencoder, tail sum and calibration, on one core, 64 payments at once; {reasons}");
    }

    private string Forest()
    {
        var forest = result("forest");
        // scikit-learn may have been missing.
        var (ratio, other) = forest["sklearnVersion"] is { } version
            ? ("ratioToSklearn", $"scikit-learn {version}")
            : ("ratioToPointerForest", "a textbook forest");
        return Row(
            "Isolation forest alone", "forest", $"{D(forest, ratio):N0} times {other}",
            $"rows scored a second on one thread, same rows and number of trees: {D(forest, "rowsPerSecond") / 1e6:N2} million");
    }

    // What a plain `up` gives, so that nobody has to set an option to see it.
    private string Ranking(string name)
    {
        var stream = result("weeks")["streams"]!.AsArray().First(stream => (string)stream!["name"]! == name)!;
        var weeks = stream["weeks"]!.AsArray().Count(week => week!["ap"] is not null);
        var rivals = Invariant($"by amount {D(stream, "amountWeeksMean"):F3}, by chance {D(stream, "frauds") / D(stream, "payments"):F3}");
        return Row(
            $"{name}, average precision", "weeks", $"{D(stream, "weeksMean"):F3} ± {D(stream, "weeksSd"):F3}",
            $"what a plain `./aegis up --replay` gives over {weeks} weeks, without labels; a perfect ranking has 1, {rivals}");
    }
}
