using System.Runtime.CompilerServices;
using Aegis.Core.Numerics;
using Aegis.Core.Payments;
using Aegis.Core.Transactions;

namespace Aegis.Core.Facts;

/// <summary>What is usual over all cards. Young cards and merchants are judged by it. It is a struct without
/// references, so that it can be kept as bytes.</summary>
public struct PopulationNorms
{
    private const float Memory = 100_000;

    /// <summary>The mean amount before the first payment.</summary>
    internal const double FirstPlainMean = 30;

    // The prior: about 30 EUR, a factor of e either way, with the weight of 20 payments.
    private const double FirstMean = 3.4;
    private const double FirstVariance = 1.0;
    private const double FirstWeight = 20;
    private const double CategoryWeight = 50;

    private RunningNorm _amount;
    private RunningNorm _amountLog;
    private CategoryNorms _categories;
    private CategoryCounts _categoryPayments;
    private HourCounts _hours;
    private double _hourTotal;

    /// <summary>The number of payments so far.</summary>
    public readonly double Payments => _hourTotal;

    /// <summary>The mean amount.</summary>
    public readonly double PlainAmountMean => _amount.ShrunkMean(FirstPlainMean, FirstWeight);

    /// <summary>The mean of ln(1 + amount).</summary>
    public readonly double AmountMean => _amountLog.ShrunkMean(FirstMean, FirstWeight);

    /// <summary>The variance of ln(1 + amount).</summary>
    public readonly double AmountVariance => _amountLog.ShrunkVariance(FirstVariance, FirstWeight);

    /// <summary>The mean of ln(1 + amount) in a category, shrunk to the overall mean.</summary>
    public readonly double CategoryMean(MerchantCategory category) => _categories[(int)category].ShrunkMean(AmountMean, CategoryWeight);

    /// <summary>The variance of ln(1 + amount) in a category, shrunk to the overall variance.</summary>
    public readonly double CategoryVariance(MerchantCategory category) =>
        _categories[(int)category].ShrunkVariance(AmountVariance, CategoryWeight);

    /// <summary>The rarity of a category; see <see cref="Surprisal.Of"/>.</summary>
    public readonly float RarityOf(MerchantCategory category) =>
        Surprisal.Of(_categoryPayments[(int)category], Payments, MerchantCategories.Count);

    /// <summary>The share of payments in an hour of the UTC day, as if each hour had seen one payment before.</summary>
    public readonly double HourShare(int hour) => (_hours[hour] + 1) / (_hourTotal + 24);

    internal void Add(in Payment payment)
    {
        _amount.Add(payment.Amount, Memory);
        _amountLog.Add(payment.AmountLog, Memory);
        _categoryPayments[(int)payment.Category]++;
        _categories[(int)payment.Category].Add(payment.AmountLog, Memory);
        _hours[payment.Hour]++;
        _hourTotal++;
    }

    /// <summary>Adds the norms of other payments.</summary>
    internal void Add(in PopulationNorms other)
    {
        _amount.Add(other._amount, Memory);
        _amountLog.Add(other._amountLog, Memory);
        for (var category = 0; category < MerchantCategories.Count; category++)
        {
            _categories[category].Add(other._categories[category], Memory);
            _categoryPayments[category] += other._categoryPayments[category];
        }

        for (var hour = 0; hour < 24; hour++)
        {
            _hours[hour] += other._hours[hour];
        }

        _hourTotal += other._hourTotal;
    }

    [InlineArray(MerchantCategories.Count)]
    private struct CategoryNorms
    {
        private RunningNorm _first;
    }

    [InlineArray(MerchantCategories.Count)]
    private struct CategoryCounts
    {
        private double _first;
    }

    [InlineArray(24)]
    private struct HourCounts
    {
        private double _first;
    }
}
