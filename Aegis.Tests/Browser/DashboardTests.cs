using System.Text.RegularExpressions;
using Aegis.Tests.EndToEnd;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Aegis.Tests.Browser;

public sealed class DashboardTests : IAsyncLifetime
{
    private const int Count = 240;
    private readonly string _folder = Repository.TemporaryFolder();
    private readonly List<string> _consoleErrors = [];
    private RunningAegis _app = null!;
    private IPlaywright _playwright = null!;
    private IBrowser _browser = null!;

    public async ValueTask InitializeAsync()
    {
        _app = await RunningAegis.StartAsync(_folder, "--count", $"{Count}", "--rate", "15");
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = "/usr/bin/chromium",
            Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
        await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Overview_ShowsFlaggedPaymentsLive_AndTheirDetails()
    {
        var page = await OpenAsync(1280);
        var flagged = page.GetByTestId("flagged").Locator("li");
        var before = await flagged.CountAsync();
        await Assertions.Expect(flagged.Nth(before + 1)).ToBeVisibleAsync(new() { Timeout = 30_000 });

        // The run ends, the numbers agree with the API, and the page stands still.
        await _app.WaitForDecidedAsync(Count, TimeSpan.FromSeconds(60));
        await Assertions.Expect(page.GetByTestId("live-state")).ToContainTextAsync("after", new() { Timeout = 30_000 });
        var statistics = await _app.StatisticsAsync();
        Assert.Equal(Count, statistics.Decided);
        if ((await page.GetByTestId("live-state").InnerTextAsync()).StartsWith("The run has ended", StringComparison.Ordinal))
        {
            await Assertions.Expect(page.GetByTestId("decided")).ToHaveTextAsync($"{statistics.Decided:N0}");
            await Assertions.Expect(page.GetByTestId("flagged-count")).ToHaveTextAsync($"{statistics.Flagged:N0}");
        }

        await AssertAccessibleAsync(page);
        await flagged.First.Locator("a").ClickAsync();
        await Assertions.Expect(page.GetByTestId("reasons").Locator("li").First).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByTestId("trace"))
            .ToHaveAttributeAsync("href", new System.Text.RegularExpressions.Regex("/traces/detail/[0-9a-f]{32}$"));
        await AssertAccessibleAsync(page);
        Assert.Empty(_consoleErrors);
    }

    [Fact]
    public async Task Pages_AtPhoneWidth_DoNotScrollSideways()
    {
        var page = await OpenAsync(390);
        await Assertions.Expect(page.GetByTestId("decisions")).ToBeVisibleAsync(new() { Timeout = 30_000 });
        await Assertions.Expect(page.GetByTestId("decisions").Locator("tbody tr").First).ToBeVisibleAsync(new() { Timeout = 30_000 });
        await AssertFitsAsync(page);
        await AssertAccessibleAsync(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Menu" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Overview", Exact = true })).ToBeInViewportAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Overview", Exact = true }).ClickAsync();
        await page.GetByTestId("decisions").Locator("a").First.ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Payment", Exact = true })).ToBeVisibleAsync();
        await AssertFitsAsync(page);
        await page.GotoAsync($"{_app.DashboardUrl}decisions/no-such-transaction");
        await Assertions.Expect(page.GetByText("No transaction with this id has been decided.")).ToBeVisibleAsync();
        Assert.Empty(_consoleErrors);
    }

    [Fact]
    public async Task Theme_FollowsTheSystem_UntilOneIsChosen_AndTheFirstClickCounts()
    {
        var page = await OpenAsync(1280, ColorScheme.Dark);
        Assert.Equal("dark", await ThemeAsync(page));
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        await Assertions.Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "light");

        // Without the script the page is not connected: what it does then it does from its first moment.
        await page.RouteAsync("**/blazor.web*.js", route => route.AbortAsync());
        await page.ReloadAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Switch to the dark theme" }).ClickAsync();
        await page.UnrouteAllAsync();
        _consoleErrors.Clear();
        Assert.Equal("dark", await ThemeAsync(page));
        Assert.Contains("data-theme=\"dark\"", await (
            await page.GotoAsync($"{_app.DashboardUrl}decisions/no-such-transaction"))!.TextAsync(), StringComparison.Ordinal);
        await Assertions.Expect(page.GetByText("No transaction with this id has been decided.")).ToBeVisibleAsync();
        await AssertAccessibleAsync(page);

        await page.GetByRole(AriaRole.Link, new() { Name = "Overview", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByTestId("decisions")).ToBeVisibleAsync(new() { Timeout = 30_000 });
        Assert.Equal("dark", await ThemeAsync(page));
        await AssertAccessibleAsync(page);

        await page.GetByRole(AriaRole.Button, new() { Name = "Follow the system's theme" }).ClickAsync();
        Assert.Equal("light", await ThemeAsync(page));
        await page.ReloadAsync();
        Assert.Equal("light", await ThemeAsync(page));
        Assert.Empty(_consoleErrors);
    }

    private static Task<string?> ThemeAsync(IPage page) => page.Locator("html").GetAttributeAsync("data-theme");

    private async Task<IPage> OpenAsync(int width, ColorScheme scheme = ColorScheme.Light)
    {
        var page = await _browser.NewPageAsync(
            new BrowserNewPageOptions { ViewportSize = new ViewportSize { Width = width, Height = 900 }, ColorScheme = scheme });
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                _consoleErrors.Add(message.Text);
            }
        };
        page.PageError += (_, error) => _consoleErrors.Add(error);
        await page.GotoAsync(_app.DashboardUrl.ToString());
        return page;
    }

    /// <summary>Nothing runs out of the screen, not even inside a box that scrolls.</summary>
    private static async Task AssertFitsAsync(IPage page) =>
        Assert.Equal("", await page.EvaluateAsync<string>("""
            [...document.querySelectorAll('main, main *')]
                .filter(e => e.checkVisibility() && !e.closest('svg') && e.getBoundingClientRect().right > innerWidth + 1)
                .map(e => `${e.tagName}.${e.className}`).join(' ')
            """));

    private static async Task AssertAccessibleAsync(IPage page)
    {
        // The page's head is drawn anew once its connection stands; in between it has no title. The menu answers later than that.
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Menu" })).ToBeEnabledAsync();
        await Assertions.Expect(page).ToHaveTitleAsync(new Regex("."));
        var result = await page.RunAxe();
        var serious = result.Violations.Where(v => v.Impact is "serious" or "critical")
            .Select(v => $"{v.Id}: {v.Help}: {string.Join(" | ", v.Nodes.Select(n => n.Html).Take(3))}");
        Assert.True(!serious.Any(), string.Join('\n', serious));
    }
}
