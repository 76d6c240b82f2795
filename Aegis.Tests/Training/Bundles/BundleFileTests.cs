using Aegis.MachineLearning.Onnx;
using Aegis.Tests.MachineLearning;
using Aegis.Training.Bundles;
using Aegis.Training.Verbs;

namespace Aegis.Tests.Training.Bundles;

public sealed class BundleFileTests(SmallModel small) : IClassFixture<SmallModel>, IDisposable
{
    private readonly string _folder = Repository.TemporaryFolder();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Write_ToANewFolder_LeavesOneFileThatReadGivesBack()
    {
        var path = Path.Combine(_folder, "models", "a.aegis");
        BundleFile.Write(path, small.Model);
        BundleFile.Write(path, small.Model with { Version = "second" });
        Assert.Equal("second", BundleFile.Read(path).Version);
        Assert.Equal(["a.aegis"], Directory.GetFiles(Path.GetDirectoryName(path)!).Select(Path.GetFileName));
    }

    [Fact]
    public void Read_OfSomethingElse_NamesTheOptionAndTheFile()
    {
        var error = Assert.Throws<ArgumentException>(() => BundleFile.Read(Junk()));
        Assert.StartsWith(
            $"--model is '{Path.Combine(_folder, "junk.aegis")}'; allowed: a bundle of this release. ",
            error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Inspect_TellsAMissingBundleFromAForeignAndADamagedOne()
    {
        var path = Path.Combine(_folder, "a.aegis");
        Assert.Equal(new BundleState(false, null), BundleFile.Inspect(path, small.Model.RatesVersion));
        BundleFile.Write(path, small.Model);
        Assert.Equal(new BundleState(true, null), BundleFile.Inspect(path, small.Model.RatesVersion));
        Assert.Equal(new BundleState(false, null), BundleFile.Inspect(path, "other rates"));
        var damaged = BundleFile.Inspect(Junk(), small.Model.RatesVersion);
        Assert.False(damaged.IsUsable);
        Assert.NotNull(damaged.Fault);
    }

    [Fact]
    public void Export_OfABundle_WritesBothDetectors()
    {
        var path = Path.Combine(_folder, "a.aegis");
        BundleFile.Write(path, small.Model);
        Assert.Equal(0, ExportVerb.Create().Parse(["--model", path, "--out", Path.Combine(_folder, "onnx")]).Invoke());
        Assert.Equal(
            ForestOnnx.Write(small.Model.Forest.Forest, small.Model.Scaler.InputCount),
            File.ReadAllBytes(Path.Combine(_folder, "onnx", "forest.onnx")));
        Assert.Equal(
            AutoencoderOnnx.Write(small.Model.Scaler, small.Model.Autoencoder.Autoencoder),
            File.ReadAllBytes(Path.Combine(_folder, "onnx", "autoencoder.onnx")));
    }

    [Fact]
    public void Train_WithIfMissing_LeavesAUsableBundleAlone()
    {
        var path = Path.Combine(_folder, "a.aegis");
        BundleFile.Write(path, small.Model);
        var before = File.ReadAllBytes(path);
        Assert.Equal(0, TrainVerb.Create().Parse(["--out", path, "--if-missing"]).Invoke());
        Assert.Equal(before, File.ReadAllBytes(path));
    }

    private string Junk()
    {
        var path = Path.Combine(_folder, "junk.aegis");
        File.WriteAllText(path, "junk");
        return path;
    }
}
