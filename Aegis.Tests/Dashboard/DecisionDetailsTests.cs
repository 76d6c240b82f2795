using Aegis.Client;
using Aegis.Dashboard;
using Aegis.Dashboard.Components.Pages;
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using MudBlazor.Services;

namespace Aegis.Tests.Dashboard;

public sealed class DecisionDetailsTests : IAsyncDisposable
{
    private readonly BunitContext _context = new();

    public ValueTask DisposeAsync() => _context.DisposeAsync();

    [Fact]
    public void Page_WithoutAnAnswer_SaysSo_AndTriesAgainWhenAsked()
    {
        var answers = new Queue<string>(["<html>", ScriptedScoring.Decision("t-1"), "{\"decisions\":[]}"]);
        var page = Open("t-1", new ScriptedScoring((_, _) => Task.FromResult(ScriptedScoring.Answer(answers.Dequeue()))));
        page.WaitForAssertion(() => Assert.Contains("cannot read", page.Find("[role=alert]").TextContent, StringComparison.Ordinal));
        page.Find("button").Click();
        page.WaitForAssertion(() => Assert.Contains("41.20 EUR", page.Find("dd:contains('EUR')").TextContent, StringComparison.Ordinal));
        Assert.Empty(page.FindAll("[role=alert]"));
    }

    [Fact]
    public void Page_OfASilentService_SaysSo()
    {
        var isSeen = new TaskCompletionSource();
        var page = Open("t-1", new ScriptedScoring(async (_, cancel) =>
        {
            // However slow this machine is, the limit does not strike before the page was looked at.
            await isSeen.Task;
            await Task.Delay(Timeout.Infinite, cancel);
            throw new InvalidOperationException();
        }));
        Assert.Contains("Loading", page.Find("[role=status]").TextContent, StringComparison.Ordinal);
        isSeen.SetResult();
        page.WaitForAssertion(
            () => Assert.Contains("did not answer within", page.Find("[role=alert]").TextContent, StringComparison.Ordinal),
            TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void Page_OfAnotherId_DoesNotShowTheSlowerAnswerOfTheFirst()
    {
        var first = new TaskCompletionSource<HttpResponseMessage>();
        var page = Open("slow", new ScriptedScoring((request, _) => request.RequestUri!.AbsolutePath switch
        {
            "/decisions/slow" => first.Task,
            "/decisions/quick" => Task.FromResult(ScriptedScoring.Answer(ScriptedScoring.Decision("quick"))),
            _ => Task.FromResult(ScriptedScoring.Answer("{\"decisions\":[]}")),
        }));
        page.Render(parameters => parameters.Add(p => p.Id, "quick"));
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll("dl")));
        first.SetResult(ScriptedScoring.Answer("", System.Net.HttpStatusCode.NotFound));
        page.Render();
        Assert.Contains("quick", page.Find("h1").TextContent, StringComparison.Ordinal);
        Assert.NotEmpty(page.FindAll("dl"));
        Assert.DoesNotContain("No transaction with this id", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Page_OfAnApprovedPaymentWithoutReasons_SaysThatNothingStandsOut()
    {
        var approved = ScriptedScoring.Decision("t-1").Replace("\"review\"", "\"approve\"", StringComparison.Ordinal);
        var page = Open("t-1", new ScriptedScoring((request, _) => Task.FromResult(ScriptedScoring.Answer(
            request.RequestUri!.AbsolutePath == "/decisions/t-1" ? approved : "{\"decisions\":[]}"))));
        page.WaitForAssertion(() => Assert.Contains("Nothing stands out.", page.Markup, StringComparison.Ordinal));
        Assert.Empty(page.FindAll("[data-testid=reasons]"));
    }

    private IRenderedComponent<DecisionDetails> Open(string id, ScriptedScoring scoring)
    {
        _context.JSInterop.Mode = JSRuntimeMode.Loose;
        _context.Services.AddMudServices();
        _context.Services.AddSingleton<AegisClient>(scoring.Client());
        _context.Services.AddSingleton(Options.Create(new DashboardOptions()));
        return _context.Render<DecisionDetails>(parameters => parameters.Add(p => p.Id, id));
    }
}
