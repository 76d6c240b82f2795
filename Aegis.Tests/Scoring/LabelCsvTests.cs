using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Aegis.Client;
using Aegis.Core.Decisions;
using Aegis.Tests.MachineLearning;
using Aegis.Tests.Streams;

namespace Aegis.Tests.Scoring;

public sealed class LabelCsvTests(SmallModel small, RedisFixture redis)
    : EmptyLogTests(redis), IClassFixture<SmallModel>, IClassFixture<RedisFixture>
{
    [Fact]
    public async Task Chargebacks_OfAFile_AreLabelsWithTheirDays()
    {
        await using var host = await ScoringHost.StartAsync(small, Server, Folder);
        foreach (var id in new[] { "a", "b", "c", "d" })
        {
            await host.DecideAsync(id);
        }

        var today = $"{TimeProvider.System.GetUtcNow():yyyy-MM-dd}";
        string[] lines =
        [
            "transactionid,labelledAt,isFraud", "a,2026-03-05,", "\"b\",2026-03-06T10:00:00Z,no", $"c,{today},YES", "d,2026-02-01,",
            "x,,", "",
        ];
        var (status, answer) = await PostAsync(host, string.Join("\r\n", lines));
        Assert.Equal((HttpStatusCode.MultiStatus, 3), (status, (int)answer!["accepted"]!));
        Assert.Equal([5, 6], answer["rejected"]!.AsArray().Select(rejected => (int)rejected!["item"]!));
        Assert.StartsWith("2026-02-01T23:59:59", (string?)answer["rejected"]![0]!["faults"]![0]!["value"], StringComparison.Ordinal);
        Assert.Equal(("2026-03-05 23:59:59", true), await VerdictAsync(host, "a"));
        Assert.Equal(("2026-03-06 10:00:00", false), await VerdictAsync(host, "b"));
        Assert.True((await VerdictAsync(host, "c")).IsFraud);
    }

    [Theory]
    [InlineData("id\na\n", "header is 'id'; allowed: transactionId, and as wished isFraud, labelledAt, each once")]
    [InlineData("transactionId,transactionId\na,a\n", "header is 'transactionId, transactionId'")]
    [InlineData("", "header is ''")]
    public async Task WrongHeader_IsRefused(string body, string expected)
    {
        await using var host = await ScoringHost.StartAsync(small, Server, Folder);
        var (status, problem) = await PostAsync(host, body);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains(expected, (string?)problem!["detail"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("transactionId,isFraud\na,perhaps\n", 2, "isFraud is 'perhaps'; allowed: true or false")]
    [InlineData("transactionId,isFraud\na\n", 2, "line 2 is '1 cells'; allowed: 2 cells, quotes closed")]
    [InlineData("transactionId,labelledAt\na,soon\n", 2, "labelledAt is 'soon'; allowed: an ISO 8601 time")]
    [InlineData("transactionId,isFraud\n,\n", 2, "transactionId is missing")]
    public async Task WrongLine_IsNamed_AndTheOthersAreTaken(string body, int line, string expected)
    {
        await using var host = await ScoringHost.StartAsync(small, Server, Folder);
        await host.DecideAsync("a");
        var (status, answer) = await PostAsync(host, $"{body}{(body.Contains("labelledAt", StringComparison.Ordinal) ? "a,\n" : "a,0\n")}");
        Assert.Equal((HttpStatusCode.MultiStatus, 1), (status, (int)answer!["accepted"]!));
        var rejected = Assert.Single(answer["rejected"]!.AsArray())!;
        Assert.Equal(line, (int)rejected["item"]!);
        var fault = rejected["faults"]![0]!;
        Assert.Contains(
            expected, $"{fault["field"]} is {(fault["value"] is { } value ? $"'{value}'" : "missing")}; allowed: {fault["allowed"]}",
            StringComparison.Ordinal);
    }

    private static async Task<(HttpStatusCode Status, JsonNode? Answer)> PostAsync(ScoringHost host, string csv)
    {
        using var response = await host.Http.PostAsync(
            "/labels", new StringContent(csv, Encoding.UTF8, "text/csv"), TestContext.Current.CancellationToken);
        return (response.StatusCode, await response.Content.ReadFromJsonAsync<JsonNode>(TestContext.Current.CancellationToken));
    }

    private static async Task<(string KnownAt, bool IsFraud)> VerdictAsync(ScoringHost host, string id)
    {
        var verdict = new Verdict(false, default);
        await ScoringHost.EventuallyAsync(
            async () => (verdict = (await new AegisClient(host.Http).FindDecisionAsync(id))?.Verdicts?.SingleOrDefault()) is not null,
            $"a label of {id}");
        return ($"{verdict!.KnownAt.UtcDateTime:yyyy-MM-dd HH:mm:ss}", verdict.IsFraud);
    }
}
