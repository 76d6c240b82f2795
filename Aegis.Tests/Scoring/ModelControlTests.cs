using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Aegis.Client;
using Aegis.Core.Decisions;
using Aegis.Core.Features;
using Aegis.MachineLearning.Bundles;
using Aegis.MachineLearning.External;
using Aegis.MachineLearning.Onnx;
using Aegis.Scoring.Api;
using Aegis.Scoring.Commits;
using Aegis.Scoring.Storage;
using Aegis.Streams;
using Aegis.Streams.Appending;
using Aegis.Streams.Entries;
using Aegis.Streams.Redis;
using Aegis.Tests.MachineLearning;
using Aegis.Tests.Streams;

namespace Aegis.Tests.Scoring;

public sealed class ModelControlTests(SmallModel small, RedisFixture redis)
    : EmptyLogTests(redis), IClassFixture<SmallModel>, IClassFixture<RedisFixture>
{
    [Fact]
    public async Task PostThresholds_ChangesOutcomesFromTheNextPaymentOn()
    {
        await using var host = await ScoringHost.StartAsync(small, Server, Folder);
        Assert.Equal(DecisionOutcome.Approve, (await host.DecideAsync("a")).Outcome);
        using var response = await host.Http.PostAsJsonAsync("/thresholds", new Thresholds(0, 0), AegisJson.Options);
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal(DecisionOutcome.Decline, (await host.DecideAsync("b")).Outcome);
    }

    [Theory]
    [InlineData("{\"reviewAt\":3}", "declineAt")]
    [InlineData("{\"reviewAt\":3,\"declineAt\":2}", "declineAt is '2'")]
    [InlineData("{\"reviewAt\":-1,\"declineAt\":2}", "reviewAt is '-1'")]
    [InlineData("{\"reviewAt\":\"NaN\",\"declineAt\":2}", "reviewAt is 'NaN'")]
    [InlineData("nonsense", "The body cannot be read: line 1: ")]
    public async Task PostThresholds_OfWrongOnes_SaysWhatIsAllowed(string body, string mentions)
    {
        await using var host = await ScoringHost.StartAsync(small, Server, Folder);
        using var response = await host.Http.PostAsync("/thresholds", new StringContent(body, Encoding.UTF8, "application/json"));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(mentions, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task PostModels_DecidesByTheNewOneAndStaysInForceOverARestart()
    {
        await using (var host = await ScoringHost.StartAsync(small, Server, Folder))
        {
            Assert.Equal("small", (await host.DecideAsync("a")).ModelVersion);
            using var response = await host.Http.PostAsync("/models", Bytes(FraudModelFile.Write(small.Model with { Version = "posted" })));
            Assert.Equal("posted", (await response.Content.ReadFromJsonAsync<ModelInForce>(AegisJson.Options))!.Version);
            Assert.Equal("posted", (await host.DecideAsync("b")).ModelVersion);
        }

        await using (var host = await ScoringHost.StartAsync(small, Server, Folder))
        {
            Assert.Equal("posted", (await host.DecideAsync("c")).ModelVersion);
            Assert.Equal("posted", (await host.StatisticsAsync()).ModelVersion);
        }
    }

    [Fact]
    public async Task GetModel_DescribesAnyBundleOfTheStore()
    {
        await using var host = await ScoringHost.StartAsync(small, Server, Folder);
        (await host.Http.PostAsync("/models", Bytes(FraudModelFile.Write(small.Model with { Version = "posted+1" }))))
            .EnsureSuccessStatusCode();
        await host.DecideAsync("a");
        var old = (await host.Http.GetFromJsonAsync<ModelDescription>("/models/small", AegisJson.Options))!;
        Assert.Equal(("small", false, small.Model.Policy.ReviewAt, "simulator"), (
            old.Version, old.IsInForce, old.ReviewAt, old.Facts["data"]));
        Assert.Equal((1.0, 1.0), (old.ReviewTies, old.DeclineTies));
        Assert.Equal(small.Model.Scaler.InputCount, old.Inputs.Sum(
            input => Math.Max(1, FeatureSchema.All.First(feature => feature.Name == input).Levels)));
        Assert.True((await host.Http.GetFromJsonAsync<ModelDescription>("/models/posted+1", AegisJson.Options))!.IsInForce);
        Assert.Contains("'none'", await host.Http.GetStringAnywayAsync("/models/none"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task PostModels_OfADamagedBundle_IsRefusedAndTheOldOneStays()
    {
        await using var host = await ScoringHost.StartAsync(small, Server, Folder);
        var damaged = FraudModelFile.Write(small.Model with { Version = "damaged" });
        damaged[damaged.Length / 2] ^= 1;
        using var response = await host.Http.PostAsync("/models", Bytes(damaged));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("checksum", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("small", (await host.DecideAsync("a")).ModelVersion);
    }

    [Fact]
    public async Task PostModels_OfOtherContentUnderAKnownVersion_IsRefusedAndTheFirstStays()
    {
        var first = FraudModelFile.Write(small.Model with { Version = "posted" });
        var strict = small.Model.Policy with { ReviewAt = 0, DeclineAt = 0 };
        var other = FraudModelFile.Write(small.Model with { Version = "posted", Policy = strict });
        await using (var host = await ScoringHost.StartAsync(small, Server, Folder))
        {
            Assert.Equal((HttpStatusCode.Accepted, HttpStatusCode.Accepted), (await PostAsync(host, first), await PostAsync(host, first)));
            using var response = await host.Http.PostAsync("/models", Bytes(other));
            Assert.Equal(HttpStatusCode.Conflict, response.StatusCode);
            Assert.Contains(
                "has version 'posted', under which the store holds other content; allowed: the same bytes again",
                (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("detail").GetString(), StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.Conflict, await PostAsync(host, FraudModelFile.Write(small.Model with { Policy = strict })));
            Assert.Equal(("posted", DecisionOutcome.Approve), Named(await host.DecideAsync("a")));
        }

        await using (var host = await ScoringHost.StartAsync(small, Server, Folder))
        {
            Assert.Equal(("posted", DecisionOutcome.Approve), Named(await host.DecideAsync("b")));
        }

        static (string, DecisionOutcome) Named(Decision decision) => (decision.ModelVersion, decision.Outcome);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("../../etc/passwd")]
    public async Task PostModels_OfAVersionThatIsNoPlainName_IsRefusedAndTheOldOneStays(string version)
    {
        await using var host = await ScoringHost.StartAsync(small, Server, Folder);
        using var response = await host.Http.PostAsync("/models", Bytes(FraudModelFile.Write(small.Model with { Version = version })));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(
            $"Its version is '{version}'; allowed: 1 to 64 of the characters",
            (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal("small", (await host.DecideAsync("a")).ModelVersion);
    }

    [Fact]
    public async Task PostModels_OfABundleWithASpoiledPart_IsRefusedAndTheOldOneStays()
    {
        await using var host = await ScoringHost.StartAsync(small, Server, Folder);
        var scaler = small.Model.Scaler;
        var spoiled = new FeatureScaler(scaler.Features, [float.NaN, .. scaler.Centres[1..]], scaler.Scales.ToArray());
        using var response = await host.Http.PostAsync(
            "/models", Bytes(FraudModelFile.Write(small.Model with { Version = "spoiled", Scaler = spoiled })));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(
            "Value 0 of the scaler's centres is NaN; allowed: -1E+12 to 1E+12.",
            (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal("small", (await host.DecideAsync("a")).ModelVersion);
        Assert.Equal(HttpStatusCode.NotFound, (await host.Http.GetAsync("/models/spoiled")).StatusCode);
    }

    [Fact]
    public async Task PostModels_WithAModelInShadow_StoresItsScoreBesideTheDecision()
    {
        await using var host = await ScoringHost.StartAsync(small, Server, Folder);
        var external = ExternalModel.Open("mine.onnx", AutoencoderOnnx.Write(small.Model.Scaler, small.Model.Autoencoder.Autoencoder));
        (await host.Http.PostAsync("/models", Bytes(FraudModelFile.Write(small.Model with { Version = "shadowed", External = external }))))
            .EnsureSuccessStatusCode();
        var decision = await host.DecideAsync("a");
        Assert.Equal("shadowed", decision.ModelVersion);
        var expected = new double[1];
        external.CreateScorer().Score(decision.Features, 1, expected, []);
        Assert.Equal(expected[0], decision.Assessment.ExternalScore);
        await ScoringHost.EventuallyAsync(
            async () => await host.Http.GetStringAnywayAsync("/decisions/a") is var text
            && text.Contains("\"externalScore\":", StringComparison.Ordinal), "the score is stored");
        var stored = (await host.Http.GetFromJsonAsync<Decision>("/decisions/a", AegisJson.Options))!;
        Assert.Equal(decision.Assessment, stored.Assessment);
        Assert.Equal("mine.onnx", (await host.Http.GetFromJsonAsync<ModelDescription>("/models/shadowed", AegisJson.Options))!.External);
    }

    [Fact]
    public async Task PostModels_WithAModelThatCannotBeUsed_IsRefusedAndTheOldOneStays()
    {
        await using var host = await ScoringHost.StartAsync(small, Server, Folder);
        // A bundle of format 7 whose external model is no model: name, weight, length, bytes; then a checksum that fits.
        byte[] content = [.. FraudModelFile.Write(small.Model with { Version = "wrong" })[..^32], 1, (byte)'x', .. new byte[8], 3, 0, 0, 0,
            1, 2, 3];
        content[7] = 7;
        using var response = await host.Http.PostAsync("/models", Bytes([.. content, .. SHA256.HashData(content)]));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("is no ONNX model that can be read", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var decision = await host.DecideAsync("a");
        Assert.Equal("small", decision.ModelVersion);
        Assert.Null(decision.Assessment.ExternalScore);
    }

    [Fact]
    public async Task Start_WithAnotherBundle_BringsItIntoForceInEveryShardOnce()
    {
        await using (var host = await ScoringHost.StartAsync(small, Server, Folder))
        {
            Assert.Equal("small", (await host.DecideAsync("a")).ModelVersion);
        }

        await File.WriteAllBytesAsync(
            Path.Combine(Folder, "models", "small.model"), FraudModelFile.Write(small.Model with { Version = "newer" }));
        for (var start = 0; start < 2; start++)
        {
            await using var host = await ScoringHost.StartAsync(small, Server, Folder);
            await ScoringHost.EventuallyAsync(
                async () => (await host.Http.GetFromJsonAsync<List<ShardReport>>("/shards", AegisJson.Options))!.Count(
                    shard => shard.Model == "newer") == SmallModel.Shards,
                "the new model is in force in every shard");
            Assert.Equal("newer", (await host.DecideAsync($"b-{start}")).ModelVersion);
        }

        var lengths = await Redis.ExecuteAllAsync(
            [.. Enumerable.Range(0, SmallModel.Shards).Select(shard => new RedisCommand("XLEN", StreamKeys.Log(shard)))],
            CancellationToken.None);
        Assert.Equal(SmallModel.Shards + 3, lengths.Sum(length => (long)length));
    }

    [Fact]
    public async Task PostCalibration_OfEnoughPayments_ComesIntoForceAndLeavesThresholdsAlone()
    {
        await using var host = await ScoringHost.StartAsync(small, Server, Folder);
        await host.DecideAsync("a");
        await ScoringHost.EventuallyAsync(() => Task.FromResult(ReferenceCount(host) == 1), "the decision is stored");
        using (var tooEarly = await host.Http.PostAsync("/models/calibration", ScoringHost.EmptyJson()))
        {
            Assert.Equal(HttpStatusCode.Conflict, tooEarly.StatusCode);
            Assert.Contains("1 recent payments; allowed: 10,000 or more", await tooEarly.Content.ReadAsStringAsync(),
                StringComparison.Ordinal);
        }

        (await host.Http.PostAsJsonAsync("/thresholds", new Thresholds(0, 0), AegisJson.Options)).Dispose();
        await new TransactionLog(Redis, SmallModel.Shards)
            .AppendAsync([.. Enumerable.Range(0, 12_000).Select(Message)], CancellationToken.None);
        await host.DecidedAsync(12_001);
        Assert.Equal(12_001, ReferenceCount(host));
        (await host.Http.PostAsJsonAsync("/labels", new { transactionId = "p-5", isFraud = true }, AegisJson.Options)).Dispose();
        await ScoringHost.EventuallyAsync(
            () => Task.FromResult(ReferenceCount(host) == 12_000), "what is known to be fraud is no reference");

        using var response = await host.Http.PostAsync("/models/calibration", ScoringHost.EmptyJson());
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        var version = (await response.Content.ReadFromJsonAsync<ModelInForce>(AegisJson.Options))!.Version;
        Assert.Matches(@"^small\+\d{14}$", version);
        var decision = await host.DecideAsync("b");
        Assert.Equal((version, DecisionOutcome.Decline), (decision.ModelVersion, decision.Outcome));
    }

    [Fact]
    public void After_ACalibration_GoesWithItsDetectorsOnly()
    {
        var calibration = new ControlEntry { Kind = ControlEntry.Calibration, Version = "a+20260301100000" };
        Assert.Equal(new VersionsInForce("a+20260301100000", 3, 4), new VersionsInForce("a", 3, 4).After(calibration));
        Assert.Equal(new VersionsInForce("a+20260301100000", 3, 4), new VersionsInForce("a+20260228100000", 3, 4).After(calibration));
        Assert.Equal(new VersionsInForce("b", 3, 4), new VersionsInForce("b", 3, 4).After(calibration));
    }

    [Fact]
    public void Policy_SplitsTiesAtTheBundlesThresholdsOnly()
    {
        var bundled = new DecisionPolicy(3, 4, new AlertBudget()) { ReviewTies = 0.5, DeclineTies = 0.25 };
        Assert.Same(bundled, new VersionsInForce("a").Policy(bundled, trend: null));
        Assert.Equal(new DecisionPolicy(5, 6, bundled.Budget), new VersionsInForce("a", 5, 6).Policy(bundled, trend: null));
    }

    private static async Task<HttpStatusCode> PostAsync(ScoringHost host, byte[] bundle)
    {
        using var response = await host.Http.PostAsync("/models", Bytes(bundle));
        return response.StatusCode;
    }

    private static int ReferenceCount(ScoringHost host)
    {
        var count = 0;
        host.Get<ReferencePayments>().Read((features, _, _) => count += features.Length == FeatureSchema.Count ? 1 : 0);
        return count;
    }

    private static LogMessage Message(int i) => new(
        [TestTransactions.Valid(
            $"p-{i}", $"card-{i % 300}") with { EventTime = TestTransactions.Noon.AddSeconds(i), AmountMinor = 100 + (i * 7919 % 20_000) }],
        IsHistory: false, TestTransactions.Noon, null);

    private static ByteArrayContent Bytes(byte[] bytes) => new(bytes)
        { Headers = { ContentType = new MediaTypeHeaderValue("application/octet-stream") } };
}
