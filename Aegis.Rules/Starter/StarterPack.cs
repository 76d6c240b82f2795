using System.Collections.Immutable;
using Aegis.Core.Decisions;
using Aegis.Rules.Sets;

namespace Aegis.Rules.Starter;

/// <summary>Rules for common frauds, to begin with. A new store may begin with them in shadow: they count, and decide nothing until
/// somebody brings one into force.</summary>
/// <remarks>Their limits are round numbers, not tuned on any data.</remarks>
public static class StarterPack
{
    /// <summary>By name, what each rule says.</summary>
    public static ImmutableArray<(string Name, RuleDefinition Definition)> Rules { get; } =
    [
        Review(
            "card-testing", "small_amounts_1h >= 3",
            "Stolen card numbers are tried with small amounts first: at least three payments below 5 in an hour."),
        Review(
            "card-testing-by-verification", "verifications_1h >= 3",
            "The same without money: somebody asks three times in an hour whether the card exists."),
        Review(
            "card-testing-merchant", "merchant_small_amounts > 10 and amount < 5 and channel == 'ecommerce'",
            "A shop that has ten times its usual small payments is where card numbers are tried."),
        Review(
            "impossible-travel", "speed > 900 and distance > 100",
            "Faster than an airliner between two terminals: one of the cards is a copy."),
        Review(
            "new-device-high-amount", "new_device == 1 and amount_to_mean > 3 and amount > 200",
            "Takeover of an account: a device that the card never used, and more than three times its usual amount."),
        Review(
            "refund-without-purchase", "refund_without_purchase == 1 and amount > 50",
            "A refund at a merchant where the card spent nothing lately."),
        Review(
            "refunds-beyond-spending", "kind == 'refund' and refund_ratio > 1",
            "Within a month the card got more back than it spent."),
        Review(
            "wrong-pins", "wrong_pins_1h >= 3",
            "Three wrong PINs within an hour: the card may be in other hands."),
        Review(
            "approved-after-refusals", "refused_1h >= 3 and authorisation == 'approved'",
            "An amount, code or PIN was found by trying: approved after three refusals within an hour."),
        Review(
            "cash-abroad-at-night", "channel == 'atm' and new_country == 1 and hour < 5",
            "Cash from a machine in a country that is new to the card, at night (UTC)."),
        Review(
            "large-first-payment", "card_age == 0 and amount > 1000",
            "The first payment seen of a card is above 1,000: nothing is known that would make it usual."),
        Review(
            "stripe-abroad", "channel == 'swipe' and new_country == 1",
            "The magnetic stripe, which is easy to copy, in a country that is new to the card."),
    ];

    private static (string, RuleDefinition) Review(string name, string when, string description) =>
        (name, new RuleDefinition { When = when, Then = DecisionOutcome.Review, Tag = name, Description = description });
}
