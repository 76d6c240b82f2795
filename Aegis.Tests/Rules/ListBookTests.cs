using Aegis.Core.Decisions;
using Aegis.Rules.Language;
using Aegis.Rules.Lists;
using Aegis.Rules.Sets;
using static Aegis.Tests.Rules.RuleInputs;

namespace Aegis.Tests.Rules;

public sealed class ListBookTests
{
    private const long Never = long.MaxValue;

    private static readonly ListInfo Vip = new(1, "vip", ListSubject.Card, ListEffect.None);
    private static readonly ListInfo Offices = new(2, "offices", ListSubject.Ip, ListEffect.None);
    private static readonly ListInfo Devices = new(3, "devices", ListSubject.Device, ListEffect.None);

    [Theory]
    [InlineData(ListSubject.Card, "card-1", true)]
    [InlineData(ListSubject.Card, "card-2", false)]
    [InlineData(ListSubject.Merchant, "m-1", true)]
    [InlineData(ListSubject.Merchant, "M-1", false)]
    [InlineData(ListSubject.Device, "d-1", false)]
    [InlineData(ListSubject.Country, "DE", true)]
    [InlineData(ListSubject.Country, "FR", false)]
    [InlineData(ListSubject.Bin, "411111", true)]
    [InlineData(ListSubject.Bin, "411112", false)]
    [InlineData(ListSubject.Ip, "192.0.2.1", true)]
    [InlineData(ListSubject.Ip, "192.0.2.0/24", true)]
    [InlineData(ListSubject.Ip, "0.0.0.0/0", true)]
    [InlineData(ListSubject.Ip, "192.0.3.0/24", false)]
    [InlineData(ListSubject.Ip, "2001:db8::/32", false)]
    public void Block_OfAValue_DeclinesItsPayments(ListSubject of, string value, bool isOn)
    {
        var book = Book(1, (new ListInfo(7, "blocked", of, ListEffect.Block), value, Never));
        Assert.Equal(isOn ? DecisionOutcome.Decline : DecisionOutcome.Approve, Apply(Of(lists: book)).Outcome);
    }

    [Theory]
    [InlineData(ListEffect.None, 5, DecisionOutcome.Review)]
    [InlineData(ListEffect.Allow, 5, DecisionOutcome.Approve)]
    [InlineData(ListEffect.Allow, 8, DecisionOutcome.Approve)]
    [InlineData(ListEffect.Watch, 3, DecisionOutcome.Review)]
    [InlineData(ListEffect.Watch, 8, DecisionOutcome.Decline)]
    [InlineData(ListEffect.Block, 3, DecisionOutcome.Decline)]
    public void Effect_OfAList_DecidesWithTheModels(ListEffect effect, double risk, DecisionOutcome expected)
    {
        var book = Book(1, (Vip with { Effect = effect }, "card-1", Never));
        Assert.Equal(expected, Apply(Of(risk: risk, lists: book)).Outcome);
    }

    [Theory]
    [InlineData(ListEffect.Allow, DecisionOutcome.Decline, DecisionOutcome.Decline)]
    [InlineData(ListEffect.Allow, DecisionOutcome.Review, DecisionOutcome.Approve)]
    [InlineData(ListEffect.Block, DecisionOutcome.Approve, DecisionOutcome.Decline)]
    [InlineData(ListEffect.Watch, DecisionOutcome.Approve, DecisionOutcome.Approve)]
    public void Effect_OfAList_RanksWithThatOfARule(ListEffect effect, DecisionOutcome rule, DecisionOutcome expected)
    {
        var book = Book(1, (Vip with { Effect = effect }, "card-1", Never));
        Assert.Equal(expected, Apply(Of(lists: book), Rule("amount > 0", rule)).Outcome);
    }

    [Theory]
    [InlineData("card in vip", true)]
    [InlineData("card not in vip", false)]
    [InlineData("not card in vip", false)]
    [InlineData("ip in offices", true)]
    [InlineData("device in devices", false)]
    [InlineData("device not in devices", false)]
    [InlineData("not (device in devices)", true)]
    [InlineData("amount > 10 and card in vip and ip in offices", true)]
    public void Condition_OnALists_AsksTheList(string condition, bool expected)
    {
        var book = Book(1, (Vip, "card-1", Never), (Offices, "192.0.2.0/25", Never), (Devices, "d-9", Never));
        var rules = new RuleBook(new RuleSet([Rule(condition, DecisionOutcome.Decline)]), Names.With([Vip, Offices, Devices]));
        var outcome = rules.Apply(Of(lists: book), Policy, row: 0, new Matches(), rules.CreateMemory());
        Assert.Equal(expected ? DecisionOutcome.Decline : DecisionOutcome.Approve, outcome);
    }

    [Theory]
    [InlineData("card in vips", "Column 9: 'vips' is no list; alike: vip, devices, offices. Values stand in brackets.")]
    [InlineData("merchant in vip", "Column 13: 'merchant' cannot be on 'vip'; allowed: 'card in vip'.")]
    [InlineData("amount in vip", "Column 11: 'amount' cannot be on 'vip'; allowed: 'card in vip'.")]
    [InlineData("'x' in vip", "Column 1: the text 'x' cannot be on a list; allowed: a name before 'in'.")]
    [InlineData("(card == 'x') in vip", "Column 7: a comparison cannot be on a list; allowed: a name before 'in'.")]
    [InlineData("card in 5", "Column 9: '5' stands here; allowed: a list's name, or a set in brackets, for example ('DE', 'FR').")]
    public void Condition_OnALists_WithAFault_SaysWhatIsAllowed(string condition, string fault) =>
        Assert.Equal(fault, RuleDefinition.FaultOf(condition, Names.With([Vip, Offices, Devices]))!.Message);

    [Fact]
    public void Condition_OnAList_BeforeThereIsOne_SaysSo() => Assert.Equal(
        "Column 9: 'vip' is no list, and there is none yet; allowed: values in brackets, for example ('DE', 'FR').",
        RuleDefinition.FaultOf("card in vip", Names)!.Message);

    [Fact]
    public void NamesOf_ACondition_NameTheList() => Assert.Equal(
        ["amount", "card in vip"], RuleBook.NamesOf("card in vip and amount > 5 and card not in vip", Names.With([Vip])).Order());

    [Fact]
    public void Entry_EndsByTheStampOfTheLog()
    {
        var blocked = Vip with { Effect = ListEffect.Block };
        Assert.Equal(DecisionOutcome.Approve, Apply(Of(lists: Book(1, (blocked, "card-1", StampMs)))).Outcome);
        Assert.Equal(DecisionOutcome.Decline, Apply(Of(lists: Book(1, (blocked, "card-1", StampMs + 1)))).Outcome);
    }

    /// <summary>Of two networks the smaller counts; once it has ended, the larger does.</summary>
    [Fact]
    public void Address_InTwoNetworks_StandsInTheSmallerOneInForce()
    {
        var blocked = Offices with { Effect = ListEffect.Block };
        Assert.Equal(2, EntryOf(Book(1, (blocked, "192.0.0.0/16", Never), (blocked, "192.0.2.0/24", Never))));
        Assert.Equal(1, EntryOf(Book(1, (blocked, "192.0.0.0/16", Never), (blocked, "192.0.2.0/24", StampMs))));

        static long EntryOf(ListBook book)
        {
            var (rules, matches) = (RuleBook.Empty, new Matches());
            rules.Apply(Of(lists: book), Policy, row: 4, matches, rules.CreateMemory());
            var match = Assert.Single(matches.Lists);
            Assert.Equal(("offices", 4), (book.ListOf(match).Name, match.Row));
            return match.Entry;
        }
    }

    [Fact]
    public void After_AChange_LeavesTheBookBeforeAsItWas()
    {
        var blocked = Vip with { Effect = ListEffect.Block };
        var first = Book(1, (blocked, "card-1", Never));
        var second = first.After(2, [new ListChange(blocked, 1, "card-1", Never, IsAdded: false)], []);
        var third = second.After(3, [new ListChange(blocked, 2, "card-1", Never, IsAdded: true)], []);
        Assert.Equal(
            [DecisionOutcome.Decline, DecisionOutcome.Approve, DecisionOutcome.Decline],
            new[] { first, second, third }.Select(book => Apply(Of(lists: book)).Outcome));
        Assert.Equal([1, 2, 3], new[] { first, second, third }.Select(book => book.Revision));
        Assert.False(second.Decides);
    }

    /// <summary>An entry that took another's place stays when the other leaves in the same change.</summary>
    [Fact]
    public void After_AReplacement_HoldsTheNewEntry()
    {
        var blocked = Vip with { Effect = ListEffect.Block };
        var book = Book(1, (blocked, "card-1", StampMs)).After(
            2,
            [new ListChange(blocked, 1, "card-1", StampMs, IsAdded: false), new ListChange(blocked, 9, "card-1", Never, IsAdded: true)],
            []);
        Assert.Equal(DecisionOutcome.Decline, Apply(Of(lists: book)).Outcome);
    }

    [Theory]
    [InlineData("rule-1", ListSubject.Card, "card-1", StampMs + 1, false)]
    [InlineData("rule-1", ListSubject.Merchant, "m-1", StampMs + 1, false)]
    [InlineData("rule-1", ListSubject.Card, "card-1", StampMs, true)]
    [InlineData("rule-1", ListSubject.Card, "m-1", StampMs + 1, true)]
    [InlineData("rule-1", ListSubject.Merchant, "card-1", StampMs + 1, true)]
    [InlineData("rule-2", ListSubject.Card, "card-1", StampMs + 1, true)]
    public void Snooze_OfARule_MakesItCountOnly(string rule, ListSubject of, string value, long until, bool decides)
    {
        var book = ListBook.Empty.After(1, [], [new SnoozeChange(rule, of, value, until, IsAdded: true)]);
        var (outcome, matches) = Apply(Of(lists: book), Rule("amount > 0", DecisionOutcome.Decline));
        Assert.Equal(decides ? DecisionOutcome.Decline : DecisionOutcome.Approve, outcome);
        Assert.Equal([new RuleMatch(0, 0, decides)], matches);
        var ended = book.After(2, [], [new SnoozeChange(rule, of, value, until, IsAdded: false)]);
        Assert.Equal(DecisionOutcome.Decline, Apply(Of(lists: ended), Rule("amount > 0", DecisionOutcome.Decline)).Outcome);
    }

    [Fact]
    public void Find_AmongRandomNetworks_IsThatOfALinearSearch()
    {
        const int Seed = 5;
        var random = new Random(Seed);
        var blocked = Offices with { Effect = ListEffect.Block };
        for (var round = 0; round < 300; round++)
        {
            var networks = Enumerable.Range(0, 20)
                .Select(_ => $"192.0.{random.Next(4)}.{random.Next(256)}/{random.Next(15, 33)}").ToArray();
            var book = Book(1, [.. networks.Select(network => (blocked, network, Never))]);
            var isIn = networks.Any(text => Network.Parse(text) is { } network
                && Network.Of(Network.Parse("192.0.2.1")!.Value.Address, network.Length) == network);
            Assert.True(isIn == (Apply(Of(lists: book)).Outcome == DecisionOutcome.Decline), $"seed {Seed}, round {round}");
        }
    }

    private static ListBook Book(long revision, params (ListInfo List, string Value, long UntilMs)[] entries) => ListBook.Empty.After(
        revision, entries.Select((entry, i) => new ListChange(entry.List, i + 1, entry.Value, entry.UntilMs, IsAdded: true)), []);
}
