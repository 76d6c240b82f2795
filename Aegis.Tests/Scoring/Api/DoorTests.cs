using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Runtime.Versioning;
using System.Text;
using System.Text.Json;
using Aegis.Tests.MachineLearning;
using Aegis.Tests.Streams;

namespace Aegis.Tests.Scoring.Api;

public sealed class DoorTests(SmallModel small, RedisFixture redis)
    : EmptyLogTests(redis), IClassFixture<SmallModel>, IClassFixture<RedisFixture>
{
    private const string Json = "application/json";

    private ScoringHost _host = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        _host = await ScoringHost.StartAsync(small, Server, Folder);
    }

    public override async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await base.DisposeAsync();
    }

    [Theory]
    [InlineData("evil.example", HttpStatusCode.BadRequest)]
    [InlineData("127.0.0.1.evil.example", HttpStatusCode.BadRequest)]
    [InlineData("localhost", HttpStatusCode.OK)]
    [InlineData("scoring.localhost", HttpStatusCode.OK)]
    [InlineData("[::1]", HttpStatusCode.OK)]
    public async Task Get_UnderAHostName_IsAnsweredForLoopbackNamesOnly(string host, HttpStatusCode expected)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/statistics") { Headers = { Host = host } };
        using var response = await _host.Http.SendAsync(request);
        Assert.Equal(expected, response.StatusCode);
    }

    [Theory]
    [InlineData("/decisions")]
    [InlineData("/transactions")]
    [InlineData("/labels")]
    [InlineData("/models")]
    [InlineData("/models/calibration")]
    [InlineData("/thresholds")]
    [InlineData("/rates")]
    [InlineData("/rules/check")]
    [InlineData("/rules/a/state")]
    [InlineData("/dead-letters/1-1-1-1/drive")]
    public async Task Post_OfAnotherSitesPage_IsRefused(string path)
    {
        foreach (var (header, value) in new[] { ("Origin", "https://evil.example"), ("Origin", "null"), ("Sec-Fetch-Site", "cross-site") })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = ScoringHost.EmptyJson() };
            request.Headers.Add(header, value);
            using var response = await _host.Http.SendAsync(request);
            Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        }

        // What a form of another page may send without asking first.
        using var simple = await _host.Http.PostAsync(path, null);
        Assert.True(simple.StatusCode is HttpStatusCode.UnsupportedMediaType or HttpStatusCode.BadRequest, $"{simple.StatusCode}");
    }

    [Fact]
    public async Task Post_OfTheOwnOrigin_IsTaken()
    {
        using var content = new StringContent(Payment("own"), null, Json);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/decisions") { Content = content };
        request.Headers.Add("Origin", _host.Url);
        using var response = await _host.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData("/decisions?mcc=5411", "mcc is '5411'; allowed: the parameters outcome, card, country, merchant, before, limit, each once")]
    [InlineData("/decisions?card=a&card=b", "card is 'a,b'; allowed: the parameters")]
    [InlineData("/statistics?since=now", "since is 'now'; allowed: no parameters")]
    [InlineData("/decisions/x?id=y", "id is 'y'; allowed: no parameters")]
    [InlineData("/shards?fingerprints=true", "fingerprints is 'true'; allowed: the parameters fingerprint, each once")]
    public async Task Get_WithUnknownParameters_NamesThemAndTheKnownOnes(string path, string mentions)
    {
        using var response = await _host.Http.GetAsync(path);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(mentions, await DetailAsync(response), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    public async Task Post_OfAPackedBody_IsUnpacked(string encoding)
    {
        using var response = await PostAsync("/decisions", Pack(Encoding.UTF8.GetBytes(Payment($"packed-{encoding}")), encoding), encoding);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task Post_OfABodyThatUnpacksToFarMore_IsRefused(string encoding)
    {
        var bomb = Pack(new byte[200 << 20], encoding);
        Assert.InRange(bomb.Length, 1, 1 << 20);
        using var response = await PostAsync("/transactions", bomb, encoding);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    [Theory]
    [InlineData("gzip", HttpStatusCode.BadRequest, "The body is not gzip as Content-Encoding says.")]
    [InlineData("br", HttpStatusCode.BadRequest, "The body is not br as Content-Encoding says.")]
    [InlineData("zstd", HttpStatusCode.UnsupportedMediaType, "Content-Encoding is 'zstd'; allowed: gzip, br, deflate, or none.")]
    [InlineData("gzip, br", HttpStatusCode.UnsupportedMediaType, "Content-Encoding is 'gzip, br'")]
    public async Task Post_OfABodyThatIsNotPackedAsItSays_IsRefused(string encoding, HttpStatusCode status, string mentions)
    {
        using var response = await PostAsync("/decisions", Encoding.UTF8.GetBytes(Payment("not-packed")), encoding);
        Assert.Equal(status, response.StatusCode);
        Assert.Contains(mentions, await DetailAsync(response), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/decisions", "amountMinor", "4200", "999999")]
    [InlineData("/labels", "isFraud", "false", "true")]
    public async Task Post_OfAKeyThatComesTwice_IsRefused(string path, string field, string once, string again)
    {
        var body = path == "/labels" ? """{"transactionId":"a","isFraud":false}""" : Payment("twice");
        var repeated = body.Replace($"\"{field}\":{once}", $"\"{field}\":{once},\"{field}\":{again}", StringComparison.Ordinal);
        Assert.NotEqual(body, repeated);
        using var response = await PostAsync(path, Encoding.UTF8.GetBytes(repeated), encoding: null);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains($"{field} is '{again}'; allowed: the field once", await DetailAsync(response), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/transactions")]
    [InlineData("/labels")]
    public async Task Post_OfManyFaultyLines_StopsAfterAThousand(string path)
    {
        using var lines = new StringContent(string.Join('\n', Enumerable.Repeat("1", 500_000)), null, "application/x-ndjson");
        using var response = await _host.Http.PostAsync(path, lines);
        Assert.Equal(HttpStatusCode.MultiStatus, response.StatusCode);
        var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
        Assert.Equal((0, 1_000, 1_001), (
            answer.GetProperty("accepted").GetInt32(), answer.GetProperty("rejected").GetArrayLength(),
            answer.GetProperty("stoppedAt").GetInt32()));
    }

    [Fact]
    public async Task PostTransactions_OfAnArrayOfTooManyItems_SaysHowManyAreAllowed()
    {
        using var items = new StringContent($"[{string.Join(',', Enumerable.Repeat("1", 200_001))}]", null, Json);
        using var response = await _host.Http.PostAsync("/transactions", items);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("$ is 'an array of 200001 items'; allowed: at most 200000 items", await DetailAsync(response));
    }

    [Fact]
    public async Task PostLabels_OfANameThatIsNotUnicode_IsRefusedByItself()
    {
        var body = Encoding.UTF8.GetBytes("""{"transactionId":"a","isFraud":true,"\ud800":1}""");
        using var response = await PostAsync("/labels", body, encoding: null);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("text that is not Unicode", await DetailAsync(response), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0", "0", false)]
    [InlineData("95", "13", false)]
    [InlineData("52", "-180.1", false)]
    [InlineData("52.52", "13.4", true)]
    [InlineData("51", "0", true)]
    [InlineData("0", "13", false)]
    [InlineData("13.4", "52.52", false)]
    public async Task PostDecisions_OfAPlaceThatCannotBe_DecidesWithoutIt(string latitude, string longitude, bool isKept)
    {
        var place = $"\"latitude\":{latitude},\"longitude\":{longitude},\"channel\"";
        var body = Payment($"place-{latitude}-{longitude}").Replace("\"channel\"", place, StringComparison.Ordinal);
        using var response = await PostAsync("/decisions", Encoding.UTF8.GetBytes(body), encoding: null);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var transaction = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("transaction");
        Assert.Equal(isKept, transaction.TryGetProperty("latitude", out var kept) && kept.ValueKind == JsonValueKind.Number);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void Store_IsItsOwnersAlone()
    {
        var store = Path.Combine(Folder, "store", "aegis.db");
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(store));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(store + "-wal"));
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.GetDirectoryName(store)!));
    }

    private async Task<HttpResponseMessage> PostAsync(string path, byte[] body, string? encoding)
    {
        var content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue(Json) } };
        if (encoding is not null)
        {
            content.Headers.TryAddWithoutValidation("Content-Encoding", encoding);
        }

        return await _host.Http.PostAsync(path, content);
    }

    private static byte[] Pack(byte[] bytes, string encoding)
    {
        using var packed = new MemoryStream();
        using (Stream packer = encoding switch
        {
            "gzip" => new GZipStream(packed, CompressionLevel.Optimal),
            "br" => new BrotliStream(packed, CompressionLevel.Fastest),
            _ => new ZLibStream(packed, CompressionLevel.Optimal),
        })
        {
            packer.Write(bytes);
        }

        return packed.ToArray();
    }

    private static async Task<string> DetailAsync(HttpResponseMessage response) =>
        JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("detail").GetString()!;

    private static string Payment(string id) =>
        $$"""{"id":"{{id}}","eventTime":"2026-03-01T12:00:00Z","cardToken":"c1","amountMinor":4200,"currency":"EUR","merchantId":"m-1","mcc":"5411","country":"DE","channel":"chip"}""";
}
