using Aegis.Core.Decisions;
using Aegis.Core.Features;
using Aegis.Core.Transactions;
using Aegis.Core.Numerics;
using Aegis.Rules.Compiling;
using Aegis.Rules.Lists;
using Aegis.Rules.Names;
using Aegis.Rules.Sets;

namespace Aegis.Tests.Rules;

/// <summary>A payment of 1,000.50 EUR at a German shop, and what rules say of it.</summary>
internal static class RuleInputs
{
    public static readonly RuleNames Names = new("EUR");

    public static readonly DecisionPolicy Policy = new(ReviewAt: 4, DeclineAt: 7, new AlertBudget());

    /// <summary>The log's stamp of the payment.</summary>
    public const long StampMs = 1_772_400_000_000;

    public static float[] Features { get; } = Enumerable.Range(0, FeatureSchema.Count).Select(i => i * 0.5f).ToArray();

    /// <summary>The payment, with risk 3: approved by the models unless <paramref name="risk"/> says otherwise.</summary>
    public static RuleInput Of(
        double amount = 1_000.5, double risk = 3, string device = "", double? external = null, ListBook? lists = null,
        ulong card = 1) => new()
    {
        Features = Features,
        Assessment = new Assessment(0.5, 1, 9, 0.9, 0.8, 0.7, risk, external),
        ModelOutcome = Policy.Decide(risk, 0),
        Amount = amount,
        AmountMinor = 100_050,
        // A Sunday, 23:30.
        EventTimeMs = new DateTimeOffset(2026, 3, 1, 23, 30, 0, TimeSpan.Zero).ToUnixTimeMilliseconds(),
        CardToken = "card-1"u8,
        CardBin = "411111"u8,
        MerchantId = "m-1"u8,
        Mcc = 742,
        DeviceId = System.Text.Encoding.ASCII.GetBytes(device),
        IpAddress = "192.0.2.1"u8,
        Country = "DE"u8,
        Currency = "EUR"u8,
        Channel = Channel.Ecommerce,
        Kind = PaymentKind.Purchase,
        Authorisation = null,
        DeclineReason = null,
        Lists = lists ?? ListBook.Empty,
        StampMs = StampMs,
        IdHash = 0,
        CardHash = card,
    };

    /// <summary>True if the condition holds for the payment.</summary>
    public static bool Holds(string condition) => Holds(condition, Of());

    public static bool Holds(string condition, in RuleInput input)
    {
        var values = new RuleValues();
        var compiled = new Compiler(Names, values).Compile(condition);
        var (numbers, texts) = (new double[values.Numbers], new ulong[values.Texts]);
        values.Fetch(input, numbers, texts);
        return compiled(numbers, texts);
    }

    /// <summary>The outcome by rules that are all live, and which of them matched.</summary>
    public static (DecisionOutcome Outcome, List<RuleMatch> Matches) Apply(in RuleInput input, params RuleInForce[] rules)
    {
        var book = new RuleBook(new RuleSet(rules), Names);
        var matches = new Matches();
        return (book.Apply(input, Policy, row: 0, matches, book.CreateMemory()), matches.Rules);
    }

    public static RuleInForce Rule(string when, DecisionOutcome? then = null, double points = 0, double share = 1, long id = 1) =>
        new(id, $"rule-{id}", 1, new RuleDefinition { When = when, Then = then, Points = points }, share);
}
