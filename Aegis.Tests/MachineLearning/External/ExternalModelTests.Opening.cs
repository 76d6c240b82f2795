using System.IO.Compression;
using System.Text;
using Aegis.Core.Features;
using Aegis.Core.Numerics;
using Aegis.MachineLearning.Bundles;
using Aegis.MachineLearning.Calibration;
using Aegis.MachineLearning.External;
using Microsoft.ML;
using Microsoft.ML.Data;
using Onnx;

namespace Aegis.Tests.MachineLearning.External;

public sealed partial class ExternalModelTests
{
    [Fact]
    public void Open_OfAnOnnxFileThatReadsOrGivesSomethingElse_SaysWhat()
    {
        Assert.Contains("takes 'inputs' of any × 7 values; allowed: any number of rows × 76 features", Refusal(Model(7, ["a"])),
            StringComparison.Ordinal);
        Assert.Contains("gives 2 outputs (a, b); allowed: 1", Refusal(Model(FeatureSchema.Count, ["a", "b"])), StringComparison.Ordinal);
        Assert.Contains("gives 'all' of any × 76 values; allowed: one a row", Refusal(Model(FeatureSchema.Count, [], givesAll: true)),
            StringComparison.Ordinal);
        Assert.Contains("gives Infinity for a payment whose features are all 0; allowed: a number", Refusal(Infinite()),
            StringComparison.Ordinal);
        Assert.Contains("is no ONNX model that can be read", Refusal("nothing of the kind"u8.ToArray()), StringComparison.Ordinal);
        Assert.Contains("is no ONNX model that can be read", Refusal([]), StringComparison.Ordinal);
    }

    [Fact]
    public void Open_OfAnMlNetFileThatReadsOrGivesSomethingElse_SaysWhat()
    {
        Assert.Contains("was trained on a column Features of Vector<Single, 7>; allowed: a vector of 76 floats", Refusal(Trees(7)),
            StringComparison.Ordinal);
        var table = Context.Data.LoadFromEnumerable(Payments(FeatureSchema.Count), Shape(FeatureSchema.Count));
        using var normalized = new MemoryStream();
        Context.Model.Save(Context.Transforms.NormalizeMinMax("Features").Fit(table), table.Schema, normalized);
        Assert.Contains("gives no column Score; allowed: one float", Refusal(normalized.ToArray()), StringComparison.Ordinal);
    }

    [Fact]
    public void Open_OfAnMlNetFileThatNeedsAMissingAssembly_NamesIt()
    {
        using var file = new MemoryStream();
        file.Write(Trees(FeatureSchema.Count));
        using (var zip = new ZipArchive(file, ZipArchiveMode.Update, leaveOpen: true))
        {
            foreach (var entry in zip.Entries.ToArray())
            {
                using var content = entry.Open();
                using var copy = new MemoryStream();
                content.CopyTo(copy);
                var text = Encoding.Latin1.GetString(copy.ToArray())
                    .Replace(Wide("Microsoft.ML.FastTree"), Wide("Somebody.Elses.Forest"), StringComparison.Ordinal);
                content.Position = 0;
                content.Write(Encoding.Latin1.GetBytes(text));
            }
        }

        Assert.Contains("Somebody.Elses.Forest", Refusal(file.ToArray()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("onnx")]
    [InlineData("zip")]
    public void Open_OfAFileCutAnywhere_IsRefused(string kind)
    {
        var whole = kind == "onnx" ? Onnx().Bytes.ToArray() : Trees(FeatureSchema.Count);
        var random = new SeededRandom(Seed);
        for (var i = 0; i < 60; i++)
        {
            var length = i < 20 ? whole.Length - 1 - i : random.NextInt(whole.Length);
            Assert.True(Refusal(whole[..length]).Length > 20, $"seed {Seed}, {length} of {whole.Length} bytes");
        }
    }

    [Fact]
    public void Open_OfMutatedFiles_RefusesOrScores()
    {
        byte[][] files = [Onnx().Bytes.ToArray(), Trees(FeatureSchema.Count)];
        var random = new SeededRandom(Seed);
        var opened = 0;
        for (var mutation = 0; mutation < 400; mutation++)
        {
            var mutated = files[mutation % 2].ToArray();
            for (var flips = 1 + random.NextInt(3); flips > 0; flips--)
            {
                mutated[random.NextInt(mutated.Length)] ^= (byte)(1 << random.NextInt(8));
            }

            try
            {
                Score(ExternalModel.Open("mutated", mutated), Count);
                opened++;
            }
            catch (FraudModelFormatException)
            {
                // Said clearly.
            }
        }

        Assert.InRange(opened, 1, 399);
    }
}
