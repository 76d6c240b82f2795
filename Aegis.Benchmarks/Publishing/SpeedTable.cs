using System.Globalization;
using System.Text.Json.Nodes;
using Aegis.Benchmarks.EndToEnd;
using Aegis.TestRig.Audits;

namespace Aegis.Benchmarks.Publishing;

/// <summary>The figures of every speed benchmark, one row each.</summary>
/// <param name="result">A published result by name.</param>
internal sealed class SpeedTable(Func<string, JsonNode> result)
{
    /// <summary>The table in Markdown.</summary>
    public string Write() =>
        string.Join('\n',
        ["| `./aegis bench` | seen |", "|---|---|", Drain(), Latency(), Chaos(), Soak("soak"), Soak("soak-short"), Features(), Kernel(),
        Forest(), Autoencoder(), ""]);

    private static double D(JsonNode node, string figure) => (double)node[figure]!;

    private static string Ms(JsonNode node, string figure) =>
        D(node, figure).ToString(D(node, figure) < 10 ? "G2" : "N0", CultureInfo.InvariantCulture);

    private static string Text(FormattableString text) => FormattableString.Invariant(text);

    private string Drain()
    {
        var drain = result("drain");
        double[] perMillion = [.. drain["perMillion"]!.AsArray().Select(rate => (double)rate!)];
        double[] find = [.. drain["findMilliseconds"]!.AsArray().Select(ms => (double)ms!)];
        return Text($"| `drain --count {D(drain, "transactions")}` | {D(drain, "transactions"):N0} payments with random UUIDs decided and stored at {D(drain, "transactionsPerSecond"):N0}/s, each million at {perMillion.Min():N0} to {perMillion.Max():N0}/s, the last at {perMillion[^1]:N0}/s; {D(drain, "ratioToXadd"):N2} of the pipelined XADD rate of `redis-benchmark` in the same run ({D(drain, "xaddPerSecond"):N0}/s); {D(drain, "bytesAllocatedPerTransaction"):N0} bytes allocated and {D(drain, "storeBytesPerTransaction"):N0} stored a payment. `GET /decisions/{{id}}` right after: median {find[0]:N1} ms, slowest of 100 {find[1]:N1} ms |");
    }

    private string Latency()
    {
        var latency = result("latency");
        var ratios = latency["overFloor"]!;
        return Text($"| `latency --rate {D(latency, "rate")}` | {D(latency, "seconds"):N0} s each, second by second in turn, open loop, from the moment a call was due: over HTTP {Quantiles("http")}; over the stream {Quantiles("stream")}; a bare XADD of the same payload {Quantiles("floor")}, so that HTTP takes {D(ratios, "httpP50"):N2} times this floor at p50 and {D(ratios, "httpP99"):N2} at p99, the stream {D(ratios, "streamP50"):N2} and {D(ratios, "streamP99"):N2}; in {D(latency, "slowSyncs"):N0} of those seconds redis-server waited for the disk longer than {LatencyBenchmark.SlowSyncMs:N0} ms, {D(latency, "slowestSyncMs"):N0} ms at most |");

        string Quantiles(string way)
        {
            var of = latency[way]!;
            return Text($"p50 {Ms(of, "p50Ms")}, p95 {Ms(of, "p95Ms")}, p99 {Ms(of, "p99Ms")}, p99.9 {Ms(of, "p999Ms")} ms");
        }
    }

    private string Chaos()
    {
        var chaos = result("chaos");
        var victims = string.Join(", ", chaos["killsByVictim"]!.AsObject().Select(victim => $"{victim.Key} {victim.Value}"));
        return Text($"| `chaos --minutes {D(chaos, "minutes")} --kills {D(chaos, "kills")}` | {D(chaos, "kills"):N0} SIGKILLs under load ({victims}): {D(chaos, "accepted"):N0} accepted, {D(chaos, "decided"):N0} decided, {D(chaos, "lost"):N0} lost, {D(chaos, "duplicated"):N0} twice, {D(chaos, "wrongAnswers"):N0} callers told something else than the store holds, {D(chaos, "labels"):N0} labels; against an undisturbed run {D(chaos, "differences"):N0} decisions differ, histories {((bool)chaos["historiesEqual"]! ? "are equal to the bit" : "differ")} |");
    }

    private string Soak(string name)
    {
        var soak = result(name);
        return Text($"| `soak --rate {D(soak, "rate")} --minutes {D(soak, "minutes")} --settled {D(soak, "settled")}` | {D(soak, "decided"):N0} payments decided, {D(soak, "decidedPerSecond"):N0}/s, trimming and retention on: the working set was {D(soak, "settledMiB"):N0} MiB after {D(soak, "settled"):N0} minutes and {D(soak, "endMiB"):N0} MiB at the end ({D(soak, "growth"):N2}); store at most {D(soak, "largestStoreMiB"):N0} MiB, Redis {D(soak, "redisMiB"):N0} MiB |");
    }

    private string Features()
    {
        var lines = result("features")["lines"]!.AsArray().Select(line => line!).ToList();
        var (few, many) = (lines.First(line => D(line, "cards") == 10_000), lines.First(line => D(line, "cards") == 1_000_000));
        return Text($"| `features` | {D(many, "medianNs") / 1000:N2} µs a payment with a million cards, {D(few, "medianNs") / 1000:N2} with ten thousand, one core, {D(many, "allocatedBytes"):N0} bytes allocated, {D(many, "bytesPerCard"):N0} bytes a card |");
    }

    private string Kernel()
    {
        var kernel = result("kernel");
        var lines = kernel["lines"]!.AsArray();
        double Us(string path) => D(lines.First(line => (string)line!["path"]! == path)!, "nsPerRow") / 1000;
        return Text($"| `kernel` | {Us("forest, batches of 64"):N2} µs a payment in the forest of {D(kernel, "trees"):N0} trees in batches, {Us("forest, one row"):N1} µs alone; {Us("whole decision, batches of 64"):N2} µs with everything else of the models; the reasons of one payment {Us("shares and reasons in words"):N0} µs |");
    }

    private string Forest()
    {
        var forest = result("forest");
        var (ratio, fit) = forest["sklearnVersion"] is { } version
            ? (Text($"{D(forest, "ratioToSklearn"):N0} times scikit-learn {version} and "), Text(
                $" (scikit-learn {D(forest, "sklearnFitSeconds") * 1000:N0})"))
            : ("", "");
        return Text($"| `forest` | 100 trees of 256 over 30 inputs, one thread: {D(forest, "rowsPerSecond") / 1e6:N2} million rows/s, {ratio}{D(forest, "ratioToPointerForest"):N0} times a textbook forest in the same run; one row {D(forest, "singleRowUs"):N1} µs; fitted in {D(forest, "fitSeconds") * 1000:N1} ms{fit} |");
    }

    private string Autoencoder()
    {
        var autoencoder = result("autoencoder");
        return Text($"| `autoencoder` | 40-16-8-16-40, one thread: {D(autoencoder, "rowsPerSecond") / 1e6:N1} million rows/s, {D(autoencoder, "ratioToTextbook"):N0} times plain loops; 200,000 rows fitted in {D(autoencoder, "fitSeconds"):N1} s |");
    }
}
