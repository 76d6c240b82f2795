using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Aegis.Core.Decisions;

namespace Aegis.Tests.EndToEnd;

[Collection(SharedAegisGroup.Name)]
public sealed class ApiTests(SharedAegis shared)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private HttpClient Api => shared.App.Scoring;

    [Fact]
    public async Task Run_OfSoManyPayments_DecidesExactlyThose()
    {
        // Other tests send payments to the same application; the simulated ones are told by their ids.
        List<Decision> simulated;
        var deadline = TimeProvider.System.GetUtcNow() + Limit;
        do
        {
            await Task.Delay(200);
            simulated = (await All("/decisions?limit=500")).FindAll(d => d.Transaction.Id.StartsWith("s42-", StringComparison.Ordinal));
        }
        while (simulated.Count < SharedAegis.Count && TimeProvider.System.GetUtcNow() < deadline);

        Assert.Equal(SharedAegis.Count, simulated.Select(d => d.Transaction.Id).Distinct().Count());
        Assert.InRange(simulated.Count(d => d.IsFlagged), 3, 90);
        Assert.All(simulated.Where(d => d.IsFlagged), d => Assert.NotEmpty(d.Reasons));
    }

    [Fact]
    public async Task PostDecisions_OfCardNumber_DecidesAndKeepsNoNumber()
    {
        using var response = await Post("/decisions", Body("pan-1", "\"pan\":\"4111 1111 1111 1111\""));
        var text = await response.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var decision = JsonSerializer.Deserialize<Decision>(text, AegisJson.Options)!;
        Assert.Equal(("411111", "1111"), (decision.Transaction.CardBin, decision.Transaction.CardLastFour));
        Assert.DoesNotContain("4111111111111111", text, StringComparison.Ordinal);
        Assert.Equal(decision.Assessment, (await Eventually("pan-1")).Assessment);
    }

    [Fact]
    public async Task PostDecisions_Twice_AnswersTheFirstDecision()
    {
        using var first = await Post("/decisions", Body("twice-1"));
        using var second = await Post("/decisions", Body("twice-1"));
        var a = await first.Content.ReadFromJsonAsync<Decision>(AegisJson.Options);
        var b = await second.Content.ReadFromJsonAsync<Decision>(AegisJson.Options);
        Assert.Equal(a!.Position, b!.Position);
        using var other = await Post("/decisions", Body("twice-1", amount: 99));
        Assert.Equal(HttpStatusCode.Conflict, other.StatusCode);
    }

    [Theory]
    [InlineData("{\"id\":", "application/json", 400, "$")]
    [InlineData("[]", "application/json", 400, "$")]
    [InlineData("{\"id\":\"\\ud800\"}", "application/json", 400, "Unicode")]
    [InlineData("{\"4111111111111111\":1}", "application/json", 400, "card number")]
    [InlineData("id=1", "application/x-www-form-urlencoded", 415, "application/json")]
    [InlineData("", "application/json", 400, "$")]
    public async Task PostDecisions_OfWrongBody_ExplainsIt(string body, string type, int status, string mentions)
    {
        using var response = await Post("/decisions", body, type);
        await AssertProblem(response, status, mentions);
    }

    [Fact]
    public async Task PostDecisions_OfManyFaults_NamesThemAll()
    {
        var body = Body("bad-1", amount: -5).Replace("EUR", "EUX", StringComparison.Ordinal)
            .Replace("\"DE\"", "\"ZZ\"", StringComparison.Ordinal);
        using var response = await Post("/decisions", body);
        var problem = await AssertProblem(response, 400, "amountMinor");
        Assert.Equal(["amountMinor", "country", "currency"], problem.GetProperty("faults").EnumerateArray()
            .Select(f => f.GetProperty("field").GetString()!).Order());
    }

    [Fact]
    public async Task PostDecisions_OfHugeBody_IsRefusedBySize()
    {
        using var response = await Post(
            "/decisions", Body("big-1").Replace("\"m-1\"", $"\"{new string('x', 1 << 20)}\"", StringComparison.Ordinal));
        await AssertProblem(response, 413, "65536");
    }

    [Fact]
    public async Task PostTransactions_OfArray_AcceptsAndDecidesThem()
    {
        using var response = await Post("/transactions", $"[{Body("arr-1")},{Body("arr-2")}]");
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        await Eventually("arr-1");
        await Eventually("arr-2");
    }

    [Fact]
    public async Task PostTransactions_OfNdJsonWithFaults_Answers207ByLine()
    {
        using var response = await Post(
            "/transactions", Body("nd-1") + "\n{\"id\":\"\\ud800\"}\n" + Body("nd-3", amount: -1) + "\n" + Body("nd-4")
            + "\n", "application/x-ndjson");
        Assert.Equal(HttpStatusCode.MultiStatus, response.StatusCode);
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(2, answer.GetProperty("accepted").GetInt32());
        Assert.Equal([2, 3], answer.GetProperty("rejected").EnumerateArray().Select(r => r.GetProperty("line").GetInt32()));
        await Eventually("nd-4");
    }

    [Theory]
    [InlineData("/decisions?outcome=maybe", "maybe")]
    [InlineData("/decisions?merchant=", "merchant")]
    [InlineData("/decisions?merchant=a%09b", "merchant")]
    [InlineData("/decisions?limit=0", "limit")]
    [InlineData("/decisions?limit=abc", "limit")]
    [InlineData("/decisions?outcome=approve,decline", "outcome")]
    [InlineData("/decisions?before=here", "before")]
    public async Task GetDecisions_OfWrongFilter_NamesIt(string path, string mentions)
    {
        using var response = await Api.GetAsync(path);
        await AssertProblem(response, 400, mentions);
    }

    [Fact]
    public async Task GetDecisions_OfUnknownId_Is404AsProblem()
    {
        using var response = await Api.GetAsync("/decisions/no-such-id");
        await AssertProblem(response, 404, "no-such-id");
    }

    [Theory]
    [InlineData("/health")]
    [InlineData("/alive")]
    [InlineData("/openapi/v1.json")]
    [InlineData("/features")]
    [InlineData("/dead-letters")]
    public async Task Get_OfPlainPages_Answers200(string path)
    {
        using var response = await Api.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task OpenApi_DescribesTheTransactionWithAnExample()
    {
        var document = await Api.GetFromJsonAsync<JsonElement>("/openapi/v1.json");
        var content = document.GetProperty("paths").GetProperty("/decisions").GetProperty("post").GetProperty("requestBody")
            .GetProperty("content").GetProperty("application/json");
        Assert.True(content.GetProperty("schema").GetProperty("properties").TryGetProperty("amountMinor", out _));
        Assert.Equal("order-4711", content.GetProperty("example").GetProperty("id").GetString());
    }

    private static string Body(string id, string card = "\"cardToken\":\"tok-1\"", long amount = 4120) =>
        $$"""{"id":"{{id}}","eventTime":"{{SentAt:O}}",{{card}},"amountMinor":{{amount}},"currency":"EUR","merchantId":"m-1","mcc":"5732","country":"DE","channel":"ecommerce"}""";

    private static DateTimeOffset SentAt { get; } = TimeProvider.System.GetUtcNow();

    private Task<HttpResponseMessage> Post(string path, string body, string type = "application/json") =>
        Api.PostAsync(path, new StringContent(body, Encoding.UTF8, type));

    private static async Task<JsonElement> AssertProblem(HttpResponseMessage response, int status, string mentions)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Contains(mentions, text, StringComparison.Ordinal);
        return JsonDocument.Parse(text).RootElement;
    }

    private async Task<Decision> Eventually(string id)
    {
        for (var tries = 0; tries < 100; tries++)
        {
            using var response = await Api.GetAsync($"/decisions/{id}");
            if (response.IsSuccessStatusCode)
            {
                return (await response.Content.ReadFromJsonAsync<Decision>(AegisJson.Options))!;
            }

            await Task.Delay(50);
        }

        throw new InvalidOperationException($"{id} was not decided.\n{shared.App.Log}");
    }

    private async Task<List<Decision>> All(string path)
    {
        var decisions = new List<Decision>();
        for (string? next = ""; next is not null;)
        {
            var page = await Api.GetFromJsonAsync<JsonElement>(path + (next.Length == 0 ? "" : $"&before={next}"));
            decisions.AddRange(page.GetProperty("decisions").Deserialize<List<Decision>>(AegisJson.Options)!);
            next = page.TryGetProperty("next", out var key) ? key.GetString() : null;
        }

        return decisions;
    }
}
