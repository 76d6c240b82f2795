using System.Net;
using Aegis.Client;
using Aegis.Core.Features;
using Aegis.Tests.MachineLearning;
using Aegis.Tests.Streams;

namespace Aegis.Tests.Scoring;

public sealed class FeatureExportTests(SmallModel small, RedisFixture redis)
    : EmptyLogTests(redis), IClassFixture<SmallModel>, IClassFixture<RedisFixture>
{
    [Fact]
    public async Task Export_GivesWhatWasDecided_WithTheLastVerdictKnownThen()
    {
        await using var host = await ScoringHost.StartAsync(small, Server, Folder);
        using var api = new AegisClient(host.Http);
        foreach (var id in new[] { "a", "b", "c" })
        {
            await host.DecideAsync(id);
            await host.FindAsync(id);
        }

        var before = TimeProvider.System.GetUtcNow();
        await Task.Delay(50);
        await api.LabelAsync(new LabelRequest("b", IsFraud: true));
        await api.LabelAsync(new LabelRequest("c", IsFraud: true));
        await ScoringHost.EventuallyAsync(async () => (await host.FindAsync("c")).Verdicts?.Count == 1, "the label is stored");
        await api.LabelAsync(new LabelRequest("c", IsFraud: false));
        await ScoringHost.EventuallyAsync(async () => (await host.FindAsync("c")).Verdicts?.Count == 2, "the second label is stored");

        var rows = await api.ExportFeaturesAsync().ToDictionaryAsync(row => row.Id);
        Assert.Equal([("a", null), ("b", true), ("c", (bool?)false)], rows.Values.Select(row => (row.Id, row.IsFraud)).Order());
        Assert.Null(rows["a"].LabelKnownAt);
        Assert.True(rows["b"].LabelKnownAt > before);
        foreach (var row in rows.Values)
        {
            var decision = await host.FindAsync(row.Id);
            Assert.Equal(decision.Features, row.Features);
            Assert.Equal(
                (decision.Assessment, decision.Outcome, decision.ModelVersion, FeatureSchema.Hash, decision.Transaction.EventTime),
                (row.Assessment, row.Outcome, row.ModelVersion, row.SchemaHash, row.EventTime));
        }

        Assert.All(await api.ExportFeaturesAsync(labelsUntil: before).ToListAsync(), row => Assert.Null(row.IsFraud));
    }

    [Fact]
    public async Task Export_UntilNoTime_SaysWhatIsAllowed()
    {
        await using var host = await ScoringHost.StartAsync(small, Server, Folder);
        using var response = await host.Http.GetAsync("/features/export?labelsUntil=soon");
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("labelsUntil is 'soon'; allowed: an ISO 8601 time with its offset", await response.Content.ReadAsStringAsync(),
            StringComparison.Ordinal);
        Assert.Empty(await new AegisClient(host.Http).ExportFeaturesAsync().ToListAsync());
    }
}
