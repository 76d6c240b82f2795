using Aegis.Client;

namespace Aegis.Benchmarks.EndToEnd;

/// <summary>Rules and lists for a drain: each matches few payments, as those of a team do.</summary>
internal static class DrainRules
{
    private static readonly RuleStepRequest[] Steps = [new("shadow", "bench", "bench"), new("live", "bench", "bench")];

    // The share of entries of each list; what remains belongs to the last.
    private static readonly (string Name, string Of, string Effect, double Share, Func<Random, string> Value)[] Lists =
    [
        ("blocked_cards", "card", "block", 0.4, random => $"blocked-{random.NextInt64():x16}"),
        ("watched_merchants", "merchant", "watch", 0.1, random => $"watched-{random.NextInt64():x16}"),
        ("blocked_devices", "device", "block", 0.1, random => $"blocked-{random.NextInt64():x16}"),
        ("networks", "ip", "none", 0.1, random => $"198.{random.Next(18, 20)}.{random.Next(256)}.{random.Next(256)}/{random.Next(20, 33)}"),
        ("vip", "card", "none", 1, random => $"vip-{random.NextInt64():x16}"),
    ];

    private static readonly Func<int, string>[] Conditions =
    [
        number => $"amount_eur > {900 + (10 * number)} and count_10m >= 3 and country not in ('DE', 'AT', 'CH')",
        number => $"merchant in ('m-{number}', 'm-{number + 1}', 'm-{number + 2}') and new_device == 1 and amount > {50 + number}",
        number => $"score > {990 + (number / 10.0):F1} and mcc in ('5732', '5944', '6051') and hour < 6",
        number => $"count_burst > {5 + number} and sum_1h > {300 + number} or wrong_pins_1h >= 3 and channel == 'atm'",
        number => $"speed > {900 + number} and channel in ('chip', 'swipe') and device is missing and amount / (sum_30d + 1) > 0.5",
    ];

    /// <summary>Writes so many rules, and lists of so many entries, and brings them into force. With lists, two rules in five ask
    /// one.</summary>
    public static async Task UseAsync(AegisClient api, int count, int entries)
    {
        if (entries > 0)
        {
            await UseListsAsync(api, entries);
        }

        for (var number = 0; number < count; number++)
        {
            var condition = Conditions[number % Conditions.Length](number) + (entries == 0 ? "" : (number % Conditions.Length) switch
            {
                0 => " and card not in vip",
                1 => " and ip not in networks",
                _ => "",
            });
            await api.WriteRuleAsync($"rule-{number}", new RuleRequest(condition, "review", By: "bench", Why: "bench"));
            foreach (var step in Steps)
            {
                await api.MoveRuleAsync($"rule-{number}", step);
            }
        }
    }

    private static async Task UseListsAsync(AegisClient api, int entries)
    {
        var random = new Random(1);
        var left = entries;
        foreach (var (name, of, effect, share, value) in Lists)
        {
            var count = Math.Min(left, (int)(share * entries));
            left -= count;
            await api.MakeListAsync(name, new ListRequest(of, effect, By: "bench", Why: "bench"));
            // Until there are so many: of two equal networks one is kept.
            while ((await api.FindListAsync(name, limit: 1))!.List.Entries is var there && there < count)
            {
                await api.PutOnListAsync(name, new ListEntriesRequest(
                    [.. Enumerable.Range(0, count - (int)there).Select(_ => new ListEntryRequest(value(random)))], "bench", "bench"));
            }
        }
    }
}
