using System.Net;
using System.Net.Http.Json;
using System.Text;
using Aegis.Client;
using Aegis.Core.Decisions;

namespace Aegis.Tests.EndToEnd;

[Collection(SharedAegisGroup.Name)]
public sealed class ReadYourWritesTests(SharedAegis shared)
{
    private const int Times = 100;

    private HttpClient Api => shared.App.Scoring;

    [Fact]
    public async Task GetDecision_RightAfterItsAnswer_IsTheSameDecision()
    {
        for (var i = 0; i < Times; i++)
        {
            var answered = await Decide($"ryw-id-{i}", "ryw-card");
            var found = await Api.GetFromJsonAsync<Decision>($"/decisions/{answered.Transaction.Id}", AegisJson.Options);
            Assert.Equal((answered.DecidedAt, answered.LatencyMs), (found!.DecidedAt, found.LatencyMs));
            Assert.Equal((answered.Assessment, answered.Outcome, answered.Position), (found.Assessment, found.Outcome, found.Position));
        }
    }

    [Fact]
    public async Task GetDecisions_RightAfterAnAnswer_ListThatDecisionFirst()
    {
        for (var i = 0; i < Times; i++)
        {
            var id = (await Decide($"ryw-list-{i}", "ryw-listed")).Transaction.Id;
            var ofCard = await Api.GetFromJsonAsync<DecisionPage>("/decisions?card=ryw-listed&limit=1", AegisJson.Options);
            Assert.Equal(id, ofCard!.Decisions[0].Transaction.Id);
            var all = await Api.GetFromJsonAsync<DecisionPage>("/decisions?limit=500", AegisJson.Options);
            Assert.Contains(id, all!.Decisions.Select(decision => decision.Transaction.Id));
        }
    }

    [Fact]
    public async Task PostLabels_RightAfterAnAnswer_AreTaken()
    {
        for (var i = 0; i < Times; i++)
        {
            var id = (await Decide($"ryw-label-{i}", "ryw-labelled")).Transaction.Id;
            using var one = await Api.PostAsJsonAsync("/labels", new { transactionId = id, isFraud = false });
            Assert.Equal(HttpStatusCode.Accepted, one.StatusCode);
        }

        var line = (await Decide("ryw-label-line", "ryw-labelled")).Transaction.Id;
        using var many = await Api.PostAsync("/labels", new StringContent(
            $$"""{"transactionId":"{{line}}","isFraud":false}""", Encoding.UTF8, "application/x-ndjson"));
        Assert.Equal(HttpStatusCode.Accepted, many.StatusCode);
    }

    [Fact]
    public async Task PostDecisions_OfACardNumberInAnySpelling_KeepsNoDigitOfIt()
    {
        var body = Body("ryw-clean", "card4111111111111111").Replace("\"m-1\"", "\"4111/1111/1111/1111\"", StringComparison.Ordinal);
        using var response = await Post(body);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var decision = (await response.Content.ReadFromJsonAsync<Decision>(AegisJson.Options))!;
        Assert.Equal(("411111", "1111"), (decision.Transaction.CardBin, decision.Transaction.CardLastFour));
        Assert.Equal(decision.Transaction.CardToken, decision.Transaction.MerchantId);

        using var refused = await Post(Body("card4111111111111111", "tok-1"));
        var problem = await refused.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("an id that does not look like a card number", problem, StringComparison.Ordinal);
        Assert.DoesNotContain("1111", problem, StringComparison.Ordinal);
    }

    private async Task<Decision> Decide(string id, string card)
    {
        using var response = await Post(Body(id, card));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return (await response.Content.ReadFromJsonAsync<Decision>(AegisJson.Options))!;
    }

    private Task<HttpResponseMessage> Post(string body) =>
        Api.PostAsync("/decisions", new StringContent(body, Encoding.UTF8, "application/json"));

    private static string Body(string id, string card) =>
        $$"""{"id":"{{id}}","eventTime":"{{TimeProvider.System.GetUtcNow():O}}","cardToken":"{{card}}","amountMinor":4200,"currency":"EUR","merchantId":"m-1","mcc":"5411","country":"DE","channel":"chip"}""";
}
