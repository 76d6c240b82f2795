using System.Net;
using Aegis.Client;
using Aegis.Dashboard;
using Aegis.Dashboard.Components.Controls;
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor.Services;

namespace Aegis.Tests.Dashboard.Controls;

public sealed class ChoiceNoticeTests : IAsyncDisposable
{
    private const string Judgement =
        """
        {"choice":"sparkov","frauds":12,"payments":100000,"version":null,"judgedAt":"2026-03-01T12:00:00Z",
         "candidates":[{"choice":"sparkov","typicalShare":0.004,"confidence":0.93},{"choice":"default","typicalShare":0.02,"confidence":0.07}]}
        """;

    private readonly BunitContext _context = new();
    private readonly List<string> _asked = [];

    public ValueTask DisposeAsync() => _context.DisposeAsync();

    [Theory]
    [InlineData(9, 0, false)]
    [InlineData(10, 0, true)]
    [InlineData(19, 10, false)]
    [InlineData(20, 10, true)]
    public void Hint_ComesWithTenFrauds_AndAgainWithTwiceAsMany(int confirmed, int judgedBy, bool isShown) =>
        Assert.Equal(isShown, ChoiceWords.IsWorthJudging(new ModelChoiceState("default", confirmed, 10, [], judgedBy, null, null)));

    [Fact]
    public void Notice_JudgesAppliesAndUndoes()
    {
        var notice = Render(request => request.Method.Method switch
        {
            "GET" => State(frauds: 12),
            "DELETE" => ScriptedScoring.Answer("{\"version\":\"old\"}", HttpStatusCode.Accepted),
            _ => ScriptedScoring.Answer(
                Judgement.Replace("null", _asked.Count(method => method == "POST") == 2 ? "\"new\"" : "null", StringComparison.Ordinal),
                HttpStatusCode.Accepted),
        });
        Click(notice, "12 frauds are confirmed", "Judge the choices");
        Click(notice, "rank highest with choice sparkov: typically among the 0.4 % most suspicious payments, and best in 93 % of their resamples. With default, which is in force: among 2.0 %.", "Bring into force");
        Click(notice, "Choice sparkov: model new is in force from the next payment on.", "Undo");
        notice.WaitForAssertion(() => Assert.Contains("Model old is in force again.", notice.Markup, StringComparison.Ordinal));
        Assert.Empty(notice.FindAll("button:contains('Undo')"));
    }

    [Fact]
    public void Notice_OfARefusal_SaysIt_AndCanBeTriedAgain()
    {
        var notice = Render(request => request.Method == HttpMethod.Get ? State(frauds: 12) : ScriptedScoring.Answer(
            "{\"title\":\"The choice cannot be made\",\"detail\":\"Another judgement is running; allowed: one at a time.\"}",
            HttpStatusCode.Conflict));
        Click(notice, "12 frauds are confirmed", "Judge the choices");
        notice.WaitForAssertion(
            () => Assert.Contains("Another judgement is running", notice.Find("[role=alert]").TextContent, StringComparison.Ordinal));
        Assert.NotEmpty(notice.FindAll("button:contains('Judge the choices')"));
    }

    [Fact]
    public void Notice_WithoutFrauds_IsNotThere()
    {
        var notice = Render(_ => State(frauds: 3));
        notice.WaitForState(() => _asked.Count > 0);
        Assert.Empty(notice.Markup.Trim());
    }

    private IRenderedComponent<ChoiceNotice> Render(Func<HttpRequestMessage, HttpResponseMessage> answer)
    {
        _context.JSInterop.Mode = JSRuntimeMode.Loose;
        _context.Services.AddMudServices();
        _context.Services.AddSingleton(TimeProvider.System);
        var client = new ScriptedScoring((request, _) =>
        {
            _asked.Add(request.Method.Method);
            return Task.FromResult(answer(request));
        }).Client();
        _context.Services.AddSingleton(client);
        _context.Services.AddSingleton(new PatientScoring(client));
        return _context.Render<ChoiceNotice>();
    }

    private static void Click(IRenderedComponent<ChoiceNotice> notice, string text, string button)
    {
        notice.WaitForAssertion(() => Assert.Contains(text, notice.Find("[data-testid=choice]").TextContent, StringComparison.Ordinal));
        notice.Find($"button:contains('{button}')").Click();
    }

    private static HttpResponseMessage State(int frauds) => ScriptedScoring.Answer(
        $$"""{"inForce":"default","confirmedFrauds":{{frauds}},"neededFrauds":10,"choices":["default","sparkov"],"judgedFrauds":0,"last":null,"undoneBy":null}""");
}
