using Aegis.Core.Features;
using Aegis.Core.Numerics;
using Aegis.Core.Payments;
using Aegis.Core.Transactions;

namespace Aegis.Tests.Core.Features;

public sealed class DecayWindowsTests
{
    private static readonly double[] Constants = [600e3, 3_600e3, 86_400e3, 7 * 86_400e3, 30 * 86_400e3];

    [Fact]
    public void TimeConstants_AreTenMinutesAnHourADayAWeekAndAMonth() => Assert.Equal(Constants, DecayWindows.TimeConstantsMs.ToArray());

    [Fact]
    public void CountsAndSums_OfPaymentsInAnyOrder_AreThoseOfTheDefinition()
    {
        for (var seed = 1UL; seed <= 30; seed++)
        {
            var random = new SeededRandom(seed);
            var windows = default(DecayWindows);
            var payments = new List<(long TimeMs, double Amount)>();
            var newest = 0L;
            double[] counts = new double[5], sums = new double[5];
            for (var i = 0; i < 40; i++)
            {
                var amount = 1 + random.NextInt(100);
                var isLate = i > 0 && random.NextBool(0.3);
                var time = isLate ? newest - random.NextInt(5_000_000) : newest + random.NextInt(3_000_000);
                if (isLate)
                {
                    windows.AddLate(amount, newest - time);
                }
                else
                {
                    windows.After(time - newest, counts, sums);
                    windows.AddNewest(amount, counts, sums);
                    newest = time;
                }

                payments.Add((time, amount));
            }

            windows.After(1_000, counts, sums);
            for (var window = 0; window < 5; window++)
            {
                var constant = Constants[window];
                var count = payments.Sum(payment => Math.Exp(-(newest + 1_000 - payment.TimeMs) / constant));
                var sum = payments.Sum(payment => payment.Amount * Math.Exp(-(newest + 1_000 - payment.TimeMs) / constant));
                Assert.True(
                    Math.Abs(count - counts[window]) < 1e-9 * count, $"seed {seed}, window {window}: {counts[window]}, not {count}");
                Assert.True(Math.Abs(sum - sums[window]) < 1e-9 * sum, $"seed {seed}, window {window}: {sums[window]}, not {sum}");
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100_000)]
    [InlineData(5_000_000)]
    [InlineData(20_000_000)]
    public void Before_TakesOutWhatCameAfter(long backMs)
    {
        // Ten payments, 4 million ms apart; all of them in the ring.
        var windows = default(DecayWindows);
        var ring = new RecentPayment[10];
        double[] counts = new double[5], sums = new double[5];
        for (var i = 0; i < ring.Length; i++)
        {
            ring[i] = new RecentPayment(4_000_000L * (i + 1), i + 1, 0, MerchantCategory.Other, Channel.Chip);
            windows.After(i == 0 ? 0 : 4_000_000, counts, sums);
            windows.AddNewest(ring[i].Amount, counts, sums);
        }

        var (newest, moment) = (40_000_000L, 40_000_000L - backMs);
        windows.Before(newest, moment, ring, counts, sums);
        for (var window = 0; window < 5; window++)
        {
            var constant = Constants[window];
            var before = ring.Where(payment => payment.TimeMs <= moment).ToList();
            Assert.Equal(before.Sum(payment => Math.Exp(-(moment - payment.TimeMs) / constant)), counts[window], 1e-6);
            Assert.Equal(before.Sum(payment => payment.Amount * Math.Exp(-(moment - payment.TimeMs) / constant)), sums[window], 1e-5);
        }
    }

    [Fact]
    public void Before_WhatTheRingDoesNotHold_IsNeverBelowZero()
    {
        var windows = default(DecayWindows);
        double[] counts = new double[5], sums = new double[5];
        windows.AddNewest(5, counts, sums);
        // Nothing but the newest payment, twice in the ring.
        RecentPayment[] ring = [new(
            1_000, 5, 0, MerchantCategory.Other, Channel.Chip), new(1_000, 5, 0, MerchantCategory.Other, Channel.Chip)];
        windows.Before(1_000, 999, ring, counts, sums);
        Assert.All(counts, count => Assert.Equal(0, count));
        Assert.All(sums, sum => Assert.Equal(0, sum));
    }
}
