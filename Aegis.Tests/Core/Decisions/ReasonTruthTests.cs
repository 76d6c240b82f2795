using System.Globalization;
using Aegis.Core.Decisions;
using Aegis.Core.Features;
using Aegis.Core.Numerics;
using Aegis.Core.Payments;
using Aegis.Core.Transactions;
using Aegis.Datasets.Simulation;

namespace Aegis.Tests.Core.Decisions;

/// <summary>Each sentence about a card, computed again from all that the card paid before.</summary>
public sealed class ReasonTruthTests
{
    private const int Payments = 20_000;
    private static readonly DateOnly First = new(2026, 1, 1);

    [Fact]
    public void Sentences_OfSimulatedPayments_AreTrue()
    {
        var histories = new ShardHistories(CurrencyRates.Default);
        var books = new Dictionary<string, Book>();
        var features = new float[FeatureSchema.Count];
        var before = new CardHistory[1];
        var checkedByCode = new Dictionary<string, int>();
        var simulator = new TransactionSimulator(new SimulationOptions { Customers = 400 });
        foreach (var (transaction, _) in simulator.Stream(First, 90).Take(Payments))
        {
            histories.ExtractAndAdd(Payment.Of(transaction, histories.Rates), features, before);
            if (!books.TryGetValue(transaction.CardToken, out var book))
            {
                books[transaction.CardToken] = book = new Book();
            }

            var norms = CardNorms.Of(before[0], MerchantCategories.Of(transaction.Mcc));
            var stories = Enum.GetValues<Feature>().Select(f => ReasonStory.Of(f, transaction, features, norms, histories.Rates));
            foreach (var story in stories.Distinct())
            {
                if (book.IsTrue(story, transaction) is { } isTrue)
                {
                    Assert.True(isTrue, $"{transaction.Id}: {story.Code}: {story.Text} {book}");
                    checkedByCode[story.Code] = checkedByCode.GetValueOrDefault(story.Code) + 1;
                }
            }

            book.Add(transaction);
        }

        Assert.Superset(
            new HashSet<string>
            {
                "CHANNEL", "UNUSUAL_CHANNEL", "CATEGORY", "UNUSUAL_CATEGORY", "FIRST_PAYMENT", "YOUNG_CARD", "NEW_COUNTRY",
                "UNUSUAL_COUNTRY", "UNUSUAL_MERCHANT", "UNUSUAL_HOUR", "NO_DEVICE", "AMOUNT", "AMOUNT_ABOVE_CARD_NORM",
                "AMOUNT_ABOVE_CARD_MAXIMUM", "AMOUNT_NEAR_CARD_MAXIMUM", "NEW_DEVICE",
            },
            checkedByCode.Keys.ToHashSet());
        Assert.InRange(checkedByCode.Values.Sum(), 5 * Payments, int.MaxValue);
    }

    /// <summary>All that a card paid, kept plainly.</summary>
    private sealed class Book
    {
        private const double MaxRareShare = 0.2;

        private readonly List<Transaction> _paid = [];

        public void Add(Transaction transaction) => _paid.Add(transaction);

        public override string ToString() => $"({_paid.Count} payments before)";

        /// <summary>Null for a story that speaks of something else.</summary>
        public bool? IsTrue(ReasonStory story, Transaction now) => story.Code switch
        {
            "CHANNEL" or "UNUSUAL_CHANNEL" => story.Text == Counted(t => t.Channel == now.Channel, $"by {now.Channel.Name()}")
                && IsRareWhereSaid(story, t => t.Channel == now.Channel),
            "CATEGORY" or "UNUSUAL_CATEGORY" =>
                story.Text == Counted(t => Category(t) == Category(now), $"at {Category(now).Phrase()}")
                && IsRareWhereSaid(story, t => Category(t) == Category(now)),
            "FIRST_PAYMENT" => _paid.Count == 0,
            "YOUNG_CARD" => story.Text == $"Only {_paid.Count} payments of this card are known.",
            "NEW_COUNTRY" => _paid.Count > 0 && !Last(t => t.Country, 4).Contains(now.Country),
            "NEW_MERCHANT" => _paid.Count > 0 && !Last(t => t.MerchantId, 16).Contains(now.MerchantId),
            "UNUSUAL_COUNTRY" => IsTheLesserPart(t => t.Country, now, 4),
            "COUNTRY" => _paid.Count == 0 || _paid.Exists(t => t.Country == now.Country),
            "MERCHANT" => _paid.Count == 0 || _paid.Exists(t => t.MerchantId == now.MerchantId),
            "NO_DEVICE" => now.DeviceId is null,
            "NEW_DEVICE" => now.DeviceId is not null && !Last(t => t.DeviceId, 4).Contains(now.DeviceId),
            "UNUSUAL_MERCHANT" => IsTheLesserPart(t => t.MerchantId, now, 16),
            "UNUSUAL_HOUR" => _paid.Count(t => IsNear(t.EventTime, now.EventTime)) <= Math.Max(1, MaxRareShare * _paid.Count),
            "AMOUNT_ABOVE_CARD_NORM" => Value(now) >= story.Compared!.Usual * 1.25 && story.Compared.Usual <= _paid.Max(Value) + 0.01
                && story.Compared.Usual >= _paid.Min(Value) - 0.01,
            "AMOUNT" => Value(now) < story.Compared!.Usual * 1.25,
            "AMOUNT_ABOVE_CARD_MAXIMUM" => Value(now) > _paid.Max(Value) && IsNear(story.Compared!.Usual, _paid.Max(Value)),
            "AMOUNT_NEAR_CARD_MAXIMUM" => Value(now) <= _paid.Max(Value) && IsNear(story.Compared!.Usual, _paid.Max(Value)),
            _ => null,
        };

        private static MerchantCategory Category(Transaction t) => MerchantCategories.Of(t.Mcc);

        private static double Value(Transaction t) => CurrencyRates.Default.ToReference(t.AmountMinor, t.Currency);

        private static bool IsNear(double a, double b) => Math.Abs(a - b) <= 1e-3 * (1 + b);

        private static bool IsNear(DateTimeOffset a, DateTimeOffset b) => a.UtcDateTime.Hour == b.UtcDateTime.Hour;

        /// <summary>The last few different values.</summary>
        private IEnumerable<string?> Last(Func<Transaction, string?> field, int count) =>
            Enumerable.Reverse(_paid).Select(field).Where(value => value is not null).Distinct().Take(count);

        /// <summary>Among the last different values, as often as each came since it was last forgotten.</summary>
        private bool IsTheLesserPart(Func<Transaction, string> field, Transaction now, int remembered)
        {
            var last = new List<(string Value, int Count)>();
            foreach (var value in _paid.Select(field))
            {
                var known = last.FindIndex(slot => slot.Value == value);
                var count = known < 0 ? 0 : last[known].Count;
                last.RemoveAll(slot => slot.Value == value);
                last.Insert(0, (value, count + 1));
                last = [.. last.Take(remembered)];
            }

            return 2 * last.Where(slot => slot.Value == field(now)).Sum(slot => slot.Count) < last.Sum(slot => slot.Count);
        }

        private bool IsRareWhereSaid(ReasonStory story, Predicate<Transaction> isSame) =>
            !story.Code.StartsWith("UNUSUAL", StringComparison.Ordinal)
            || _paid.FindAll(isSame).Count <= MaxRareShare * _paid.Count;

        private string Counted(Predicate<Transaction> isSame, string how)
        {
            var same = _paid.FindAll(isSame).Count;
            return string.Create(
                CultureInfo.InvariantCulture,
                $"{(same == 0 ? "None" : $"{same:N0}")} of this card's {_paid.Count:N0} {(_paid.Count == 1 ? "payment" : "payments")} before {(same > 1 ? "were" : "was")} {how}.");
        }
    }
}
